"""A letter to many: to whom, and what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.models import Call, Group, MemberLetter
from ui.forms import PortalModelForm
from ui.languages import Stored

EVERYONE = "iedereen"
TO_ALL = _("Everyone who speaks for a member: managers, contacts and coordinators")
TO_GROUP, TO_CALL = _("The group {name}"), _("The employers of the call {name}")


class LetterForm(PortalModelForm):
    """To whom, and what; nothing goes out before it was shown who gets it."""

    audience = forms.ChoiceField(label=_("To whom"))
    field_order = ("audience", "subject", "text")

    class Meta:
        model = MemberLetter
        fields = ("subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "text": _(
                "The greeting comes before it by itself. Leave out names and details of clients and students."
            )
        }

    def __init__(self, *args: Any, groups: list[Group], calls: list[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {f"groep-{group.public_id}": group for group in groups}
        self.calls = {f"oproep-{call.slug}": call for call in calls}
        choices: list[tuple[str, Any]] = [("", _("Choose …")), (EVERYONE, TO_ALL)]
        choices += [(key, format_lazy(TO_GROUP, name=Stored(group))) for key, group in self.groups.items()]
        choices += [(key, format_lazy(TO_CALL, name=Stored(call))) for key, call in self.calls.items()]
        audience: Any = self.fields["audience"]
        audience.choices = choices

    def clean_audience(self) -> str:
        """What was chosen stands in the letter."""
        chosen: str = self.cleaned_data["audience"]
        if chosen not in {EVERYONE, *self.groups, *self.calls}:
            raise ValidationError(_("Choose to whom you write."))
        self.instance.group, self.instance.call = self.groups.get(chosen), self.calls.get(chosen)
        return chosen
