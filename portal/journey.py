"""The student's way through the programme in six steps, of which one is now: what the apps know of it, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import today
from students.enums import EnrolmentState
from students.models import Enrolment
from ui.formats import day
from ui.languages import dutch

Text = str | Promise
NAMES = (
    pgettext_lazy("journey", "Enrolled"),
    pgettext_lazy("journey", "Training place"),
    pgettext_lazy("journey", "Agreement"),
    pgettext_lazy("journey", "Learning plan"),
    pgettext_lazy("journey", "Goals"),
    pgettext_lazy("journey", "Diploma"),
)
NOW = (
    _("being enrolled"),
    _("finding a training place"),
    _("signing the agreement"),
    _("making the learning plan"),
    _("achieving your goals"),
    _("your diploma"),
)


@dataclass(frozen=True)
class Step:
    """One step, with a word on it where there is one."""

    name: Text
    state: Literal["done", "now", "todo"]
    note: Text = ""


@dataclass(frozen=True)
class Journey:
    """All steps, and in words where one is."""

    steps: Sequence[Step]
    now: Text


def without_plan(enrolment: Enrolment, places: Sequence[Any]) -> Journey:
    """Where a student without a plan to work on is; `places` are those of now or to come, each with `has_agreement`."""
    return _journey(enrolment, has_place=bool(places), is_agreed=any(place.has_agreement for place in places))


def with_plan(enrolment: Enrolment, plan: Any, achieved: int, total: int) -> Journey:
    """Where a student with an open plan is; the plan says whether there is a place (`here`) and a contract (`agreed`)."""
    is_planned = plan.activated_at is not None
    return _journey(enrolment, plan.here, plan.agreed, is_planned=is_planned, achieved=achieved, total=total)


def _journey(
    enrolment: Enrolment,
    has_place: bool,
    is_agreed: bool,
    *,
    is_planned: bool = False,
    achieved: int = 0,
    total: int = 0,
) -> Journey:
    """Who loses a place is back at finding one, whatever was reached since: that step comes first."""
    done = [
        enrolment.state != EnrolmentState.WAITING,
        has_place,
        is_agreed,
        is_planned,
        bool(total) and achieved == total,
        enrolment.state == EnrolmentState.COMPLETED,
    ]
    at = done.index(False) if False in done else len(done)
    notes: dict[int, Text] = {}
    if total:
        notes[4] = format_lazy(_("{achieved} of {total}"), achieved=achieved, total=total)
    steps = [
        Step(name, "done" if number < at else "now" if number == at else "todo", notes.get(number, ""))
        for number, name in enumerate(NAMES)
    ]
    if at == len(done):
        return Journey(steps, _("All six steps are done."))
    here = format_lazy(_("Step {number} of 6: {what}"), number=at + 1, what=NOW[at])
    return Journey(steps, here)


def ahead(enrolment: Enrolment) -> list[Step]:
    """What comes when for a student who has heard of no place yet, each with a sentence; loaded `for_page`."""
    cohort, has_told = enrolment.cohort, bool(enrolment.wishes)
    begins = {"day": day(enrolment.starts_on)}
    has_begun = enrolment.starts_on <= today()
    return [
        Step(NAMES[0], "done", dutch(f"{cohort.name}, {cohort.programme.school.name}")),
        Step(
            _("Where do you want to learn?"),
            "done" if has_told else "now",
            _("Your teacher has your wishes.") if has_told else _("Now. It takes two minutes."),
        ),
        Step(
            _("Your school proposes a training place"),
            "now" if has_told else "todo",
            _("Your teacher looks for one with you. You and the employer say yes or no."),
        ),
        Step(
            _("You all sign"),
            "todo",
            _("Your employer, your school and you. Your school prepares the agreement."),
        ),
        Step(
            _("Your first day at work"),
            "todo",
            format_lazy(
                _("Your programme began on {day}. You make your learning plan in the first weeks at work."),
                **begins,
            )
            if has_begun
            else format_lazy(
                _("Your programme begins on {day}. You make your learning plan in the first weeks."), **begins
            ),
        ),
    ]
