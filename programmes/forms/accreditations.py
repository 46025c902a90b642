"""Recording an accreditation check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Organisation
from programmes.enums import AccreditationStatus
from programmes.models import Accreditation
from programmes.models.accreditations import employers_near
from programmes.models.qualifications import CREBO_FORMAT
from ui.forms import PortalForm


class AccreditationForm(PortalForm):
    """Who looked where, and what was found. A known employer and crebo get the new outcome."""

    elfproef_exempt = ("learning_company_id",)

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Employer"))
    learning_company_id = forms.CharField(max_length=20, label=_("Learning company ID (leerbedrijf-ID)"))
    crebo = forms.CharField(
        max_length=5,
        label=_("Crebo"),
        validators=[RegexValidator(CREBO_FORMAT, _("A crebo code has 5 digits."))],
    )
    status = forms.ChoiceField(
        choices=AccreditationStatus,
        label=_("Outcome"),
        widget=forms.RadioSelect,
        initial=AccreditationStatus.VERIFIED,
    )
    valid_from = forms.DateField(label=_("Accredited since"))
    valid_until = forms.DateField(label=_("Accredited until"), required=False)
    withdrawn_on = forms.DateField(
        label=_("Withdrawn on"), required=False, help_text=_("Only when the accreditation was withdrawn.")
    )
    checked_on = forms.DateField(label=_("Day of the check"))
    source = forms.CharField(
        max_length=200, label=_("Source"), help_text=_("Where you looked, for example the public register.")
    )

    def __init__(self, *args: Any, actor: Actor, known: Accreditation | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(known))
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = employers_near(actor).order_by("name", "pk")
        self.fields["crebo"].widget.attrs["inputmode"] = "numeric"
        if known:
            for name in ("organisation", "crebo"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end, gone = data.get("valid_from"), data.get("valid_until"), data.get("withdrawn_on")
        if start and end and end < start:
            self.add_error("valid_until", _("The end date must be after the start date."))
        withdrawn = data.get("status") == AccreditationStatus.WITHDRAWN
        if withdrawn and not gone and "withdrawn_on" not in self.errors:
            self.add_error("withdrawn_on", _("Give the day on which the accreditation was withdrawn."))
        if data.get("checked_on") and data["checked_on"] > today():
            self.add_error("checked_on", _("A check cannot be in the future."))
        return data


def _initial(known: Accreditation | None) -> dict[str, Any]:
    if known is None:
        return {"checked_on": today()}
    fields = (
        "organisation",
        "learning_company_id",
        "crebo",
        "status",
        "valid_from",
        "valid_until",
        "withdrawn_on",
        "source",
    )
    return {**{name: getattr(known, name) for name in fields}, "checked_on": today()}
