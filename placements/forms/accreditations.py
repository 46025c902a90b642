"""Recording an accreditation check, and correcting one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.limits import REASON
from partnerships.models import Organisation
from partnerships.rules.days import is_near
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck
from programmes.models.qualifications import CREBO_FORMAT
from ui.forms import ChoiceOf, PortalForm, offer

FOUND = ("learning_company_id", "status", "valid_from", "valid_until", "source", "proof")


class FoundForm(PortalForm):
    """What was found, and where."""

    elfproef_exempt = ("learning_company_id",)
    sometimes = ("valid_from", "valid_until")

    parts = {
        "organisation": _("About whom"),
        "status": _("What you found"),
        "checked_on": _("When and where you looked"),
        "reason": _("The correction"),
    }

    learning_company_id = forms.CharField(max_length=20, label=_("Learning company ID (leerbedrijf-ID)"))
    status = forms.ChoiceField(
        choices=AccreditationStatus,
        label=_("Outcome"),
        widget=forms.RadioSelect,
    )
    valid_from = forms.DateField(
        label=_("Accredited since"), required=False, help_text=_("Always needed when it is verified.")
    )
    valid_until = forms.DateField(
        label=_("Accredited until"),
        required=False,
        help_text=_("That day included. When it was withdrawn: the last day on which it held."),
    )
    checked_on = forms.DateField(label=_("Day of the check"), initial=today)
    source = forms.CharField(
        max_length=200, label=_("Source"), help_text=_("Where you looked, for example the public register.")
    )
    proof = forms.CharField(
        max_length=500,
        label=_("Proof"),
        required=False,
        help_text=_("The web address of the page, or the number of the letter."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end, status = data.get("valid_from"), data.get("valid_until"), data.get("status")
        if start and end and end < start:
            self.add_error("valid_until", _("The end date must be after the start date."))
        if status == AccreditationStatus.VERIFIED and not start and "valid_from" not in self.errors:
            self.add_error("valid_from", _("Enter the day from which the accreditation is valid."))
        if status == AccreditationStatus.WITHDRAWN and not end and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Give the last day on which the accreditation held."))
        for name in ("valid_from", "valid_until"):
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        if data.get("checked_on") and data["checked_on"] > today():
            self.add_error("checked_on", _("A check cannot be in the future."))
        return data


class CheckForm(FoundForm):
    """A new check. What is known already of the employer and crebo stands in it beforehand."""

    organisation = ChoiceOf(label=_("Employer"))
    crebo = forms.CharField(
        max_length=5,
        label=_("Crebo"),
        validators=[RegexValidator(CREBO_FORMAT, _("A crebo code has 5 digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    field_order = ["organisation", "crebo"]

    def __init__(self, *args: Any, employers: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", employers)


class CorrectionForm(FoundForm):
    """What a check should have said, and why it did not."""

    reason = forms.CharField(
        max_length=REASON,
        label=_("Why is this corrected?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever sees the check reads this too."),
    )


def found(check: AccreditationCheck) -> dict[str, Any]:
    """What a check says, as the values with which a form begins."""
    return {name: getattr(check, name) for name in FOUND}
