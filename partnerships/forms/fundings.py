"""Who pays for an initiative and until when, and the plan for after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Funding
from partnerships.queries.initiative_partners import who_can_carry
from partnerships.rules.days import is_near
from ui.forms import PortalModelForm, narrow

_DAYS = ("starts_on", "ends_on", "plan_due_on")


class FundingForm(PortalModelForm):
    """Money from one source, and what comes after it."""

    parts = {"source": _("The money"), "plan": _("When it stops")}

    class Meta:
        model = Funding
        fields = (
            *("source", "amount", "starts_on", "ends_on"),
            *("plan", "plan_owner", "plan_due_on", "continues"),
        )
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in _DAYS}
        help_texts = {
            "source": _("For example: a subsidy, an employer, the municipality. Visitors read this."),
            "amount": _("Only those who work in this partnership see this."),
            "ends_on": _("Leave blank when it goes on. You get an email six months and two months before."),
            "plan": _(
                "What has to be decided or paid then. Only those who work in this partnership see this."
            ),
            "continues": _("Visitors read this. For example: the employers pay for the guidance themselves."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "plan_owner", who_can_carry(self.instance.initiative, self.instance.plan_owner_id))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in _DAYS:
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        starts_on, ends_on, due_on = (data.get(name) for name in _DAYS)
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The end date must be after the start date."))
        if ends_on and due_on and due_on > ends_on:
            self.add_error(
                "plan_due_on", _("The plan is needed while the money lasts: choose an earlier day.")
            )
        for name, other in (("plan_owner", "plan_due_on"), ("plan_due_on", "plan_owner")):
            if (
                data.get(other)
                and not data.get(name)
                and name not in self.errors
                and other not in self.errors
            ):
                self.add_error(name, _("Say who makes the plan and by when, or leave both blank."))
        if data.get("amount") is not None and data["amount"] <= 0:
            self.add_error("amount", _("Give an amount above zero, or leave it blank."))
        return data
