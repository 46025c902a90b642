"""The name and address of a work supervisor, and who supervises students whom nobody guides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import SamePersonMixin, name_in
from accounts.services.people import Name
from core import emails
from partnerships.forms.memberships import described
from partnerships.models import Organisation
from partnerships.queries.people import with_roles_at
from placements.models import Placement, Supervisor
from ui.formats import day
from ui.forms import NameForm, PortalForm


class GapsForm(PortalForm):
    """For each student whom nobody guides a supervisor, or nobody yet."""

    def __init__(
        self, *args: Any, placements: Sequence[Placement], candidates: Sequence[Supervisor], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.placements = {str(row.public_id): row for row in placements}
        self.candidates = {str(one.public_id): one for one in candidates}
        offered = [(key, f"{one.name} ({one.load})") for key, one in self.candidates.items()]
        for key, row in self.placements.items():
            self.fields[key] = forms.ChoiceField(
                choices=[("", _("Nobody yet")), *offered],
                required=False,
                label=row.student.full_name,
                help_text=_where(row),
            )

    def clean(self) -> dict[str, Any]:
        """At least one has to be chosen."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Choose a supervisor for at least one student."))
        return cleaned

    def chosen(self) -> dict[int, Supervisor]:
        """The supervisor for each placement, by its key."""
        return {
            self.placements[key].pk: self.candidates[value]
            for key, value in self.cleaned_data.items()
            if value
        }


def _where(placement: Placement) -> str:
    where = f"{placement.location}, {day(placement.starts_on)} – {day(placement.ends_on)}"
    leaving = gettext("%(name)s supervises now, and leaves.") % {"name": placement.guide}
    return f"{where}. {leaving}" if placement.guide else where


class SupervisorForm(SamePersonMixin, NameForm):
    """Name and address of a work supervisor; of someone new, whether that is someone known there is asked first."""

    email = emails.EmailFormField(label=_("Email address"))

    def __init__(self, *args: Any, new_at: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_at = new_at

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.new_at and {"email", "first_name", "last_name"} <= set(data):
            among = with_roles_at(self.new_at.pk)
            self.ask_who(among=among, name=self.named(), email=data["email"], words=described)
        return data

    def named(self) -> Name:
        """The name as the service wants it."""
        return name_in(self.cleaned_data)
