"""Duties of social return, and what counts for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from partnerships.enums import SocialReturnKind
from partnerships.models import SocialReturnActivity, SocialReturnObligation
from partnerships.models.social_returns import rule_on
from partnerships.rules.days import is_near
from ui.forms import PortalModelForm

_DAY = {"type": "date"}
MOST = Decimal(1_000_000_000)  # euros


def _days(*names: str) -> dict[str, forms.DateInput]:
    return {name: forms.DateInput(attrs=_DAY, format="%Y-%m-%d") for name in names}


class ObligationForm(PortalModelForm):
    """For which client, how much, and until when."""

    parts = {"client": _("For whom"), "amount": _("How much"), "starts_on": _("When")}
    sometimes = ("amount", "percentage", "contract_sum")

    class Meta:
        model = SocialReturnObligation
        fields = ("client", "title", "amount", "percentage", "contract_sum", "starts_on", "ends_on")
        widgets = _days("starts_on", "ends_on")
        help_texts = {
            "client": _("Who gave the contract. For example: a municipality."),
            "amount": _("Leave this empty if a norm was agreed."),
            "percentage": _("Together with the sum of the contract. We work out the amount."),
            "contract_sum": _("Only with a percentage."),
        }

    def clean(self) -> dict[str, Any]:
        """The days are near; whether there is an amount or a norm, the row itself says."""
        data = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on"):
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        return data


class ActivityForm(PortalModelForm):
    """What was done, how much of it, and the proof. The value is worked out where a rule says how."""

    parts = {"kind": _("What you did"), "quantity": _("What it counts for"), "starts_on": _("When")}
    sometimes = ("value",)

    file = forms.FileField(
        label=_("Proof"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        help_text=_("A PDF, photo or document of at most 10 MB, without the name of the person it is about."),
    )
    field_order = ("kind", "what", "quantity", "value", "people", "starts_on", "ends_on", "file", "counts")

    class Meta:
        model = SocialReturnActivity
        fields = ("kind", "what", "quantity", "value", "people", "starts_on", "ends_on", "counts")
        widgets = _days("starts_on", "ends_on") | {"kind": forms.RadioSelect}
        help_texts = {
            "what": _("Leave out who it is about. For example: training place on the Molenhof ward."),
            "quantity": _("In weeks, hours or training places, as the client counts them."),
            "people": _("How many, if you know. The figures of the partnership count them without a name."),
            "value": _("Leave this empty and we work it out by the valuation rule of that day."),
            "counts": _("Untick this if it turns out not to count. It stays in the list."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepted: uploads.Accepted | None = None
        self.fields["value"].required = False
        kind: Any = self.fields["kind"]
        kind.choices = SocialReturnKind.choices  # without one that says nothing, which would stand chosen
        if not self.instance.pk:
            del self.fields["counts"]

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile):
            self.accepted = uploads.check(upload)
            return self.accepted.file
        return upload

    def clean(self) -> dict[str, Any]:
        """Without a value it is worked out; where no rule says how, it is asked."""
        data = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on"):
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        if data.get("value") is None and "value" not in self.errors:
            data["value"] = self._worked_out(data)
        return data

    def _worked_out(self, data: dict[str, Any]) -> Decimal | None:
        kind, quantity, day = data.get("kind"), data.get("quantity"), data.get("starts_on")
        if not kind or quantity is None or day is None:
            return None
        rule = rule_on(kind, day)
        if rule is None:
            self.add_error(
                "value", ValidationError(_("There is no valuation rule for this. Give the value."))
            )
            return None
        return Decimal(min(quantity * rule.value, MOST)).quantize(Decimal("0.01"))
