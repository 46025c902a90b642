"""What an initiative measures, and one measurement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from partnerships.models import Indicator, Measurement
from partnerships.rules.days import can_be_measured_on, is_near
from ui.forms import PortalModelForm

_DAY = {"type": "date"}


class IndicatorForm(PortalModelForm):
    """From where, to where, and by when."""

    class Meta:
        model = Indicator
        fields = ("label", "unit", "direction", "baseline", "target", "due_on", "counts_distance")
        widgets = {"due_on": forms.DateInput(attrs=_DAY, format="%Y-%m-%d")}
        help_texts = {
            "unit": _("For example: % or students."),
            "counts_distance": _(
                "The figures of the partnership then count them; fewer than five are hidden."
            ),
        }

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        verdict = is_near(day)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day


class MeasurementForm(PortalModelForm):
    """A value with its day and source, or why there is none."""

    sometimes = ("value",)

    class Meta:
        model = Measurement
        fields = ("measured_on", "value", "note", "source")
        widgets = {"measured_on": forms.DateInput(attrs=_DAY, format="%Y-%m-%d")}
        help_texts = {
            "value": _("Leave blank if it could not be measured, and say why in the note."),
            "note": _("For example how many people answered."),
        }

    def clean_measured_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["measured_on"]
        verdict = can_be_measured_on(day)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "value" in data and data["value"] is None and not data.get("note"):
            self.add_error("value", _("Give the value, or write in the note why there is none."))
        return data


class MeasurementCorrectionForm(MeasurementForm):
    """What a measurement should have been, filled in with what it says, and why it was wrong."""

    reason = forms.CharField(
        label=_("Why was it wrong?"), max_length=REASON, help_text=_("Visitors of the initiative read this.")
    )

    def __init__(self, *args: Any, measurement: Measurement, **kwargs: Any) -> None:
        said = {name: getattr(measurement, name) for name in self._meta.fields or ()}
        super().__init__(*args, initial=said, **kwargs)
