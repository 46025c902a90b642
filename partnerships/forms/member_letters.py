"""A letter to many: to whom, and what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.models import Call, Group, MemberLetter
from ui.forms import PortalModelForm
from ui.languages import Stored

EVERYONE = "iedereen"
TO_ALL = _("Everyone who speaks for a member: managers, contacts and coordinators")


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
        choices: list[tuple[Any, Any]] = [("", _("Choose …")), (EVERYONE, TO_ALL)]
        for label, rows in ((_("A group"), self.groups), (_("The employers of a call"), self.calls)):
            if rows:
                choices.append((label, [(key, Stored(row)) for key, row in rows.items()]))
        audience: Any = self.fields["audience"]
        audience.choices = choices

    def clean_audience(self) -> str:
        """What was chosen stands in the letter."""
        chosen: str = self.cleaned_data["audience"]
        if chosen not in {EVERYONE, *self.groups, *self.calls}:
            raise ValidationError(_("Choose to whom you write."))
        self.instance.group, self.instance.call = self.groups.get(chosen), self.calls.get(chosen)
        return chosen
