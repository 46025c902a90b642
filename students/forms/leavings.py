"""When someone leaves a cohort and why, where someone goes on, and how someone comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from programmes.models import Cohort
from students.forms.enrolments import check_start
from students.models import Enrolment
from ui.forms import ChoiceOf, PortalForm, ReasonForm, offer


class LeavingForm(ReasonForm):
    """The last day and the reason."""

    last_day = forms.DateField(
        label=_("Last day"), initial=today, help_text=_("Today, or a day that is past. That day included.")
    )

    field_order = ["last_day", "reason"]

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        self.first_day = min(enrolment.starts_on, today())
        kwargs["help_text"] = _("The teachers of the cohort can read it, nobody else. Nothing about health.")
        super().__init__(*args, **kwargs)

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if day > today():
            raise forms.ValidationError(_("Give the last day once it has come: today or earlier."))
        if day < self.first_day:
            raise forms.ValidationError(_("The last day cannot be before the first day."))
        return day


class TransferForm(PortalForm):
    """Another cohort of the same programme."""

    cohort = ChoiceOf(label=_("Cohort"))

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cohort", cohorts)


class ReturnForm(PortalForm):
    """In which cohort a student comes back, from when until when."""

    cohort = ChoiceOf(label=_("Cohort"))
    starts_on = forms.DateField(label=_("Starts on"), initial=today)
    ends_on = forms.DateField(
        label=_("Planned end"), required=False, help_text=_("Leave blank for the last day of the cohort.")
    )

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cohort", cohorts)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        cohort, start = data.get("cohort"), data.get("starts_on")
        if cohort is None or start is None:
            return data
        data["ends_on"] = data.get("ends_on") or cohort.ends_on
        try:
            check_start(start, cohort)
        except forms.ValidationError as refusal:
            self.add_error("starts_on", refusal)
        if data["ends_on"] <= start:
            self.add_error("ends_on", _("The end date must be after the start date."))
        return data
