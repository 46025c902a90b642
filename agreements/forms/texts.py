"""The whole text of a version: as a first draft, or as a correction of what was signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import OPEN_VERSION
from agreements.models import Agreement, AgreementVersion
from agreements.queries import hours
from agreements.queries import terms as texts
from agreements.queries.readiness import OUTSIDE_ENROLMENT
from core.dates import study_year_label
from core.limits import REASON
from ui.formats import number
from ui.forms import ChoiceOf, EditForm, offer

# What the form asks as it is; hours go by year, people by their role
TEXTS = ("starts_on", "ends_on", "hours_reason", "guidance", "content", "assessment", "ending")
MOST_YEARS = 8
MOST_HOURS = 10_000


class AgreementForm(EditForm):
    """The four groups of contents of a version. Hours are asked per study year of the period.

    It is written over the text of `source` where that is still being made, known by its digest.
    """

    reason = forms.CharField(
        label=_("What is corrected, and why?"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_on = forms.DateField(label=_("Start"))
    ends_on = forms.DateField(label=_("End"))
    hours_reason = forms.CharField(
        label=_("Why are there fewer hours than the norm?"),
        help_text=_(
            "Only needed when a study year has fewer hours than the norm. The law allows it, with a reason."
        ),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    trainer = ChoiceOf(
        label=_("Practice trainer"), help_text=_("Who is responsible for the learning at the workplace.")
    )
    contact = ChoiceOf(label=_("Contact at the school"))
    guidance = forms.CharField(
        label=_("Guidance of the student"),
        help_text=_("Who guides the student, how often you talk and what extra support there is."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    content = forms.CharField(
        label=_("What the student learns"),
        help_text=_("The part of the qualification: core tasks and work processes."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    assessment = forms.CharField(
        label=_("How that is assessed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    ending = forms.CharField(
        label=_("When and how one can stop early"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, agreement: Agreement, source: AgreementVersion, **kwargs: Any) -> None:
        self.agreement, self.source = agreement, source
        self.enrolment = agreement.placement.enrolment
        self.route = self.enrolment.cohort.programme.route
        initial = {name: getattr(source, name) for name in TEXTS} | {
            "reason": source.reason,
            "trainer": source.trainer_id,
            "contact": source.contact_id,
        }
        over = source.digest if source.state in OPEN_VERSION else ""
        super().__init__(*args, initial=initial, over=over, **kwargs)
        if source.is_base and source.state in OPEN_VERSION:
            del self.fields["reason"]
        offer_people(self, source)

    def add_year_fields(self) -> list[str]:
        """A number per study year of the period, with the norm as hint."""
        self.meet()
        first, last = self._period()
        known = dict(self.source.years)
        names = []
        for year in hours.study_years(first, last):
            name = f"hours_{year}"
            norm = hours.norm_of(year, first, last)
            self.fields[name] = forms.IntegerField(
                label=_("Practice hours in %(year)s") % {"year": study_year_label(year)},
                help_text=_("The norm for this period is %(norm)s hours.") % {"norm": number(norm)}
                if self.route == "bbl"
                else "",
                min_value=1,
                max_value=MOST_HOURS,
                initial=known.get(year, norm or 1),
                widget=forms.NumberInput(attrs={"class": "input input--number", "inputmode": "numeric"}),
            )
            names.append(name)
        return names

    def _period(self) -> tuple[date, date]:
        """The dates as typed when they make sense, otherwise those of the version before."""
        field = self.fields["starts_on"]
        try:
            first, last = (
                field.clean(self.data.get(self.add_prefix(name))) for name in ("starts_on", "ends_on")
            )
        except ValidationError:
            first = last = None
        sane = first and last and first < last and len(hours.study_years(first, last)) <= MOST_YEARS
        return (first, last) if sane else (self.source.starts_on, self.source.ends_on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if not first or not last:
            return data
        if first >= last:
            self.add_error("ends_on", _("The end date must be after the start date."))
        elif first < self.enrolment.starts_on or last > self.enrolment.ends_on:
            self.add_error("ends_on", OUTSIDE_ENROLMENT)
        else:
            self._check_hours(first, last)
        return data

    def _check_hours(self, first: date, last: date) -> None:
        if any(f"hours_{year}" in self.errors for year in hours.study_years(first, last)):
            return
        if sum(dict(self._years()).values()) > MOST_HOURS:
            self.add_error(None, _("That is more than 10,000 practice hours. Check the numbers."))
        short = hours.shortfalls(route=self.route, starts_on=first, ends_on=last, years=self._years())
        if short and not self.cleaned_data.get("hours_reason"):
            years = ", ".join(
                _("%(year)s: %(hours)s of %(norm)s")
                % {"year": item.label, "hours": number(item.hours), "norm": number(item.norm)}
                for item in short
            )
            self.add_error(
                "hours_reason",
                _("There are fewer hours than the norm (%(years)s). Say why, or change the hours.")
                % {"years": years},
            )

    def _years(self) -> Iterable[tuple[int, int]]:
        return [
            (int(name.removeprefix("hours_")), value)
            for name, value in self.cleaned_data.items()
            if name.startswith("hours_") and isinstance(value, int)
        ]

    def terms(self) -> dict[str, Any]:
        """What `services.versions` takes as terms."""
        names = [*TEXTS, "trainer", "contact", *(["reason"] if "reason" in self.fields else [])]
        terms = {name: self.cleaned_data[name] for name in names}
        return (
            terms
            | guidance_names(terms)
            | {"hours_per_year": {str(year): value for year, value in self._years()}}
        )


def offer_people(form: forms.BaseForm, source: AgreementVersion) -> None:
    """Who can be practice trainer and contact at the school now."""
    placement = source.agreement.placement
    offer(form, "trainer", texts.trainers(placement.slot.organisation_id))
    offer(form, "contact", texts.school_contacts(placement.enrolment.cohort_id))


def guidance_names(terms: dict[str, Any]) -> dict[str, Any]:
    """The names under which the chosen people stand in the text."""
    return {
        "practice_trainer": texts.name_of(terms["trainer"]),
        "school_contact": texts.name_of(terms["contact"]),
    }
