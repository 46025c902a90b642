"""Where a student stands without a plan to work on: what is the case, what comes next, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.presenters.contacts import of_membership
from programmes.queries.contacts import teaching
from students.enums import EnrolmentState
from students.models import Enrolment
from students.presenters.plans import dates_of
from ui.formats import day
from ui.next_steps import NextStep, by_urgency, first_of

TITLES: dict[str, Promise] = {
    EnrolmentState.WAITING: _("You are on the waiting list"),
    EnrolmentState.ENROLLED: _("My learning plan"),
    EnrolmentState.DROPPED_OUT: _("You are no longer enrolled"),
    EnrolmentState.COMPLETED: _("You have finished the programme"),
}


def status_context(
    enrolment: Enrolment, extra_steps: Iterable[NextStep], *, has_place: bool
) -> dict[str, Any]:
    """The first page of a student who has no open plan; the enrolment is one of `for_page`.

    `has_place`: whether there is a place now or to come, which the app above knows.
    """
    steps = by_urgency(extra_steps)
    is_enrolled = enrolment.state == EnrolmentState.ENROLLED
    return {
        "enrolment": enrolment,
        "title": TITLES[enrolment.state],
        "sentences": _sentences(enrolment, has_place=has_place),
        "has_place": has_place,
        "first_step": first_of(steps, reverse("student-next-steps")) if steps else None,
        "plan": enrolment.plans.order_by("-pk").first(),
        "people": [of_membership(row) for row in teaching(enrolment.cohort_id)],
        "dates": dates_of(enrolment.cohort, []) if is_enrolled else [],
        "space": "student",
    }


def _sentences(enrolment: Enrolment, *, has_place: bool) -> list[str | Promise]:
    """What is the case and what comes next, for the state in which the enrolment is."""
    if enrolment.state == EnrolmentState.WAITING:
        return [
            _("The group is full. When a seat comes free, your teacher gives it to someone on the list."),
            _("You get an email when it is yours. Until then there is nothing you have to do."),
        ]
    ended_on = day(enrolment.ended_on) if enrolment.ended_on else ""
    if enrolment.state == EnrolmentState.DROPPED_OUT:
        return [
            format_lazy(_("Your last day was {day}."), day=ended_on),
            _(
                "A training place or an agreement that you had has ended with it,"
                " and nobody at work can see your plan any more."
            ),
            _("Is this wrong, or do you want to come back? Ask your teacher. What you achieved counts then."),
        ]
    if enrolment.state == EnrolmentState.COMPLETED:
        return [
            format_lazy(_("Since {day}. Congratulations!"), day=ended_on),
            _("Your learning plan is closed. You can still read it, with everything you achieved."),
        ]
    if has_place:
        return [
            _("Your learning plan is not there yet. Your teacher makes it with you and the workplace."),
            _("You get an email when it needs your answer."),
        ]
    return [
        _(
            "First you need a training place. Your teacher looks for one with you and proposes it; you say yes or no."
        ),
        _("Then you sign the agreement, and your teacher makes the learning plan with you."),
    ]
