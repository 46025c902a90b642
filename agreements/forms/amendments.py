"""The short forms of a change, one for each kind: it asks only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import OPEN_VERSION, VersionKind
from agreements.forms.amending import AmendForm, hours_reason, within
from agreements.forms.texts import AgreementForm, guidance_names, offer_people
from agreements.models import Agreement, AgreementVersion
from core.dates import today
from core.weeks import minutes_a_week
from ui.forms import ChoiceOf, offer
from ui.hours import HoursField, WeekField, hours_of

LONGEST_WEEK = 60


class PeriodForm(AmendForm):
    """Ready sooner or later; a placement that has not begun may also begin on another day."""

    kind = VersionKind.PERIOD
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    hours_reason = hours_reason()
    field_order = ["starts_on", "ends_on", "hours_reason", "effective_from", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.agreed.starts_on <= today():
            del self.fields["starts_on"]

    def filled_in(self) -> dict[str, Any]:
        return {name: getattr(self.source, name) for name in ("starts_on", "ends_on", "hours_reason")}

    def changed(self) -> dict[str, Any]:
        names = [name for name in ("starts_on", "ends_on", "hours_reason") if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}

    def clean_ends_on(self) -> date:
        return within(self.agreement, self.cleaned_data["ends_on"])

    def clean_starts_on(self) -> date:
        day = within(self.agreement, self.cleaned_data["starts_on"])
        if day < today():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        first = self.cleaned_data.get("starts_on", self.agreed.starts_on)
        last = self.cleaned_data.get("ends_on")
        if last and last <= max(first, today()):
            self.add_error("ends_on", _("The last day must be after the first day, and not over yet."))
        return super().clean()


class HoursForm(AmendForm):
    """More or fewer hours, or other days. Where the days vary only the hours a week are filled in."""

    kind = VersionKind.HOURS
    week = WeekField()
    hours_per_week = HoursField(
        label=_("Hours a week"),
        help_text=_("Only when the days vary. Otherwise fill in the days."),
        most=LONGEST_WEEK,
    )
    hours_reason = hours_reason()
    field_order = ["week", "hours_per_week", "hours_reason", "effective_from"]

    def filled_in(self) -> dict[str, Any]:
        a_week = "" if self.source.week else hours_of(self.source.minutes_per_week)
        return {
            "week": self.source.week,
            "hours_per_week": a_week,
            "hours_reason": self.source.hours_reason,
        }

    @property
    def known_week(self) -> int | None:
        """The minutes a week that the form was filled in with: left as they are, they give way to the days."""
        known: int | None = self.fields["hours_per_week"].clean(self.initial["hours_per_week"])
        return known

    def changed(self) -> dict[str, Any]:
        week = self.cleaned_data["week"]
        return {
            "week": week,
            "minutes_per_week": minutes_a_week(week) or self.cleaned_data["hours_per_week"] or 0,
            "hours_reason": self.cleaned_data["hours_reason"],
        }

    def clean(self) -> dict[str, Any]:
        days = minutes_a_week(self.cleaned_data.get("week", ()))
        a_week = self.cleaned_data.get("hours_per_week") or 0
        if not self.errors and not days and not a_week:
            self.add_error("week", _("Fill in the hours of at least one day, or the hours a week."))
        elif days > LONGEST_WEEK * 60:
            self.add_error("week", _("That is more than 60 hours a week. Check the numbers."))
        elif days and a_week not in {0, days, self.known_week}:
            self.add_error("hours_per_week", _("The days add up to something else. Fill in one of the two."))
        return super().clean()


class TrainerForm(AmendForm):
    """Another practice trainer, another contact at the school, or other guidance."""

    kind = VersionKind.TRAINER
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
    field_order = ["trainer", "contact", "guidance", "effective_from", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, self.source)

    def filled_in(self) -> dict[str, Any]:
        source = self.source
        return {"trainer": source.trainer_id, "contact": source.contact_id, "guidance": source.guidance}

    def changed(self) -> dict[str, Any]:
        terms = {name: self.cleaned_data[name] for name in ("trainer", "contact", "guidance")}
        return terms | guidance_names(terms)


class LocationForm(AmendForm):
    """Another location of the same employer."""

    kind = VersionKind.LOCATION
    location = ChoiceOf(label=_("Location"))
    field_order = ["location", "effective_from", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "location",
            self.agreement.placement.slot.organisation.locations.open().order_by("name", "pk"),
        )

    def filled_in(self) -> dict[str, Any]:
        return {"location": self.source.location_id}

    def changed(self) -> dict[str, Any]:
        return {"location": self.cleaned_data["location"]}


class FromTodayForm(AmendForm):
    """A change that says its days elsewhere: the text holds from today, or from the first day of what is agreed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_from"].required = False
        self.fields["effective_from"].widget = forms.HiddenInput()

    def clean_effective_from(self) -> date:
        return max(today(), self.agreed.effective_from)


class BreakForm(FromTodayForm):
    """An interruption: the student is away for some weeks and comes back; the last day may move with it."""

    kind = VersionKind.BREAK
    pause_from = forms.DateField(label=_("First day away"))
    pause_until = forms.DateField(label=_("Last day away"))
    ends_on = forms.DateField(
        label=_("Last day of the agreement"),
        help_text=_("Later than it was, when the lost time is made up for."),
    )
    hours_reason = hours_reason()
    field_order = ["pause_from", "pause_until", "ends_on", "hours_reason", "reason"]

    def filled_in(self) -> dict[str, Any]:
        known = {"ends_on": self.source.ends_on, "hours_reason": self.source.hours_reason}
        added = [pause for pause in self.source.pauses if pause not in self.agreed.pauses]
        return known | ({"pause_from": added[0][0], "pause_until": added[0][1]} if added else {})

    def changed(self) -> dict[str, Any]:
        data = self.cleaned_data
        added = [data["pause_from"].isoformat(), data["pause_until"].isoformat()]
        return {
            "breaks": sorted([*self.agreed.breaks, added]),
            "ends_on": data["ends_on"],
            "hours_reason": data["hours_reason"],
        }

    def clean_ends_on(self) -> date:
        return within(self.agreement, self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last, ends_on = data.get("pause_from"), data.get("pause_until"), data.get("ends_on")
        if first and last and ends_on:
            if last < first:
                self.add_error("pause_until", _("The last day away must not be before the first."))
            elif not self.agreed.starts_on <= first or last >= ends_on:
                self.add_error(
                    "pause_until", _("The interruption must lie within the period of the agreement.")
                )
            elif any(first <= until and last >= begin for begin, until in self.agreed.pauses):
                self.add_error("pause_from", _("In these days there already is an interruption."))
        return super().clean()


class EarlyEndForm(FromTodayForm):
    """Stopping early together: the reason and the last day."""

    kind = VersionKind.EARLY_END
    ends_on = forms.DateField(label=_("Last day"))
    field_order = ["ends_on", "reason"]

    def filled_in(self) -> dict[str, Any]:
        return {"ends_on": self.source.ends_on} if self.source.kind == self.kind else {}

    def changed(self) -> dict[str, Any]:
        return {"ends_on": self.cleaned_data["ends_on"]}

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if not max(today(), self.agreed.starts_on) <= day < self.agreed.ends_on:
            raise ValidationError(_("Choose a day from today on, before the last day of the agreement."))
        return day


class ContentForm(AmendForm):
    """What is learned, how it is assessed, and how one can stop."""

    kind = VersionKind.CONTENT
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
    field_order = ["content", "assessment", "ending", "effective_from", "reason"]

    def filled_in(self) -> dict[str, Any]:
        return {name: getattr(self.source, name) for name in ("content", "assessment", "ending")}

    def changed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("content", "assessment", "ending")}


class CorrectionForm(AgreementForm):
    """The whole text, where it was signed with a mistake in it."""

    kind = VersionKind.CORRECTION
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        agreement: Agreement,
        agreed: AgreementVersion,
        source: AgreementVersion,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, agreement=agreement, source=source, **kwargs)
        self.agreed = agreed
        self.initial["version"] = source.pk
        if source.state not in OPEN_VERSION:
            self.initial["reason"] = ""

    def about(self) -> dict[str, Any]:
        """It holds from the signing on; what is wrong stands in the reason."""
        return {
            "effective_from": max(today(), self.agreed.effective_from),
            "reason": self.cleaned_data["reason"],
        }

    def terms(self) -> dict[str, Any]:
        return {name: value for name, value in super().terms().items() if name != "reason"}


FORMS: dict[VersionKind, type[AmendForm] | type[CorrectionForm]] = {
    form.kind: form
    for form in (
        PeriodForm,
        HoursForm,
        TrainerForm,
        LocationForm,
        BreakForm,
        EarlyEndForm,
        ContentForm,
        CorrectionForm,
    )
}
# In addresses, as people call them
SLUGS: dict[str, VersionKind] = {
    "data": VersionKind.PERIOD,
    "uren": VersionKind.HOURS,
    "begeleiding": VersionKind.TRAINER,
    "locatie": VersionKind.LOCATION,
    "onderbreking": VersionKind.BREAK,
    "stoppen": VersionKind.EARLY_END,
    "inhoud": VersionKind.CONTENT,
    "correctie": VersionKind.CORRECTION,
}
SLUG_OF = {kind: slug for slug, kind in SLUGS.items()}
