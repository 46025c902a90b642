"""What one may fill in about a lesson or practice meeting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import AMSTERDAM
from programmes.models import Cohort, Session, WorkProcess
from ui.forms import PortalModelForm

MARGIN = dt.timedelta(days=92)  # an introduction before the first day, a retake after the last


class SessionForm(PortalModelForm):
    """A day with two times; a session starts and ends on the same day."""

    parts = {
        "kind": _("What it is about"),
        "day": _("When and where"),
        "work_processes": _("What is in it"),
    }

    day = forms.DateField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput)

    class Meta:
        model = Session
        fields = ["kind", "theme", "place", "bring", "work_processes", "material"]
        labels = {
            "kind": _("Kind"),
            "theme": _("Theme"),
            "place": _("Where"),
            "bring": _("What to bring"),
            "work_processes": _("Work processes"),
            "material": _("Material"),
        }
        help_texts = {"material": _("Links and texts that students can read beforehand.")}
        widgets = {"kind": forms.RadioSelect, "work_processes": forms.CheckboxSelectMultiple}

    field_order = ["kind", "theme", "day", "starts", "ends", "place", "bring", "work_processes", "material"]

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        session = kwargs.get("instance")
        if session is not None:
            starts_at = timezone.localtime(session.starts_at, AMSTERDAM)
            ends_at = timezone.localtime(session.ends_at, AMSTERDAM)
            kwargs["initial"] = {
                "day": starts_at.date(),
                "starts": starts_at.time(),
                "ends": ends_at.time(),
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        self.instance.cohort = cohort
        field = self.fields["work_processes"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = WorkProcess.objects.of_programme(cohort.programme_id)

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraint too, though it needs a cohort and a start that are no fields of the form."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        if self.instance.starts_at is None:  # a day or time is wrong, and the form says so already
            return excluded
        return excluded - {"cohort", "starts_at", "ends_at"}

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        cohort = self.instance.cohort
        if not cohort.starts_on - MARGIN <= day <= cohort.ends_on + MARGIN:
            raise forms.ValidationError(_("This day is outside the period of the cohort."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, starts, ends = data.get("day"), data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be after the start."))
        elif day and starts and ends:
            self.instance.starts_at = dt.datetime.combine(day, starts, AMSTERDAM)
            self.instance.ends_at = dt.datetime.combine(day, ends, AMSTERDAM)
        return data
