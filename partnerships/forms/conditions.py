"""A coordinator writes down a condition of an employer, and whether it is met."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import PledgeCondition
from partnerships.rules.days import can_be_last_day
from ui.forms import PortalForm, PortalModelForm


class ConditionForm(PortalModelForm):
    """A condition that an employer told."""

    class Meta:
        model = PledgeCondition
        fields = ("text", "due_on")
        help_texts = {"due_on": _("Leave this open if no day was agreed.")}

    def clean(self) -> dict[str, Any]:
        """A day on which it is to be met is still to come."""
        data = super().clean() or self.cleaned_data
        if data.get("due_on"):
            verdict = can_be_last_day(data["due_on"], None)
            if not verdict:
                self.add_error("due_on", str(verdict.reason))
        return data

    def answers(self) -> dict[str, Any]:
        """What the service wants to know."""
        return {name: self.cleaned_data[name] for name in ("text", "due_on")}


class SettleForm(PortalForm):
    """Whether a condition is met: two buttons."""

    action = forms.ChoiceField(
        label=_("New status"), choices=[("meet", _("Note as met")), ("fail", _("Note as not met"))]
    )
