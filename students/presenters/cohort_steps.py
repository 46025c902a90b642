"""What waits for a teacher in a cohort as a whole: plans to make, work situations to plan, seats to give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.models import Cohort
from students.queries.waiting import cohorts_in_need
from ui.languages import dutch
from ui.next_steps import NextStep


def for_cohorts(cohorts: Collection[int], known: Iterable[Cohort] | None = None) -> list[NextStep]:
    """Steps of these cohorts, in one query; none where the page has read them (`known`, of `with_whole_needs`)."""
    rows = cohorts_in_need(cohorts=cohorts) if known is None else known
    return [step for cohort in rows for step in _steps(cohort)]


def _steps(cohort: Any) -> Iterator[NextStep]:
    address = [cohort.programme.school.slug, cohort.public_id]
    page = reverse("cohort-detail", args=address)
    if number := cohort.without_plan:
        words = ngettext(
            "%(number)d student has no learning plan yet",
            "%(number)d students have no learning plan yet",
            number,
        )
        yield NextStep(
            title=words % {"number": number},
            text=dutch(cohort.name),
            url=f"{page}?mist=plan",
            button=_("Make a learning plan"),
            kind="plan",
            many=_("Make learning plans"),
            many_url=f"{reverse('students:plans-make', args=address[:1])}?rij=alle",
            count=number,
        )
    if number := cohort.situations:
        words = ngettext(
            "%(number)d work situation waits for a session",
            "%(number)d work situations wait for a session",
            number,
        )
        yield NextStep(
            title=words % {"number": number},
            text=dutch(cohort.name),
            url=reverse("students:cohort-situation-list", args=address),
            button=_("Put in a session"),
            kind="situation",
            icon="calendar-plus",
            many=_("Put work situations in a session"),
            count=number,
        )
    if number := cohort.undelivered:
        words = ngettext(
            "An invitation could not be delivered", "%(number)d invitations could not be delivered", number
        )
        yield NextStep(
            title=words % {"number": number},
            text=dutch(cohort.name),
            url=f"{page}?account=niet-bezorgd",
            button=_("See which students"),
            kind="undelivered",
            icon="mail",
            many=_("See which invitations could not be delivered"),
            count=number,
        )
    if cohort.waiting and cohort.taken < cohort.capacity:
        yield NextStep(
            title=_("There is a seat for someone on the waiting list"),
            text=dutch(cohort.name),
            url=f"{page}?nodig=wachtlijst",
            button=_("See the waiting list"),
            kind="waiting",
            icon="user-plus",
        )
