"""What students add to the pages of partnerships: the cohorts of its programmes, and how many can still begin there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse

from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.spots import INSIDE, ON_PARTNERSHIP
from programmes.models import Cohort, CohortRequest, Programme
from programmes.rules.cohort_requests import can_ask
from students.queries.cohorts import with_enrolled
from ui.sections import Section


@dataclass(frozen=True)
class CohortRow:
    """A cohort that runs or is to come, with the places that are free."""

    cohort: Cohort
    free: int


@dataclass
class Groups:
    """The cohorts of a partnership, those that it asked for, and where its coordinator asks for one."""

    cohorts: list[CohortRow] = field(default_factory=list)
    asked: list[CohortRequest] = field(default_factory=list)
    ask_url: str = ""


@dataclass(frozen=True)
class FreeSeats:
    """The cohorts of a programme that begin in one month: how many seats they have, and how many of them are free."""

    programme: Programme
    month: dt.date
    free: int
    seats: int


@INSIDE.register
def inside(partnerships: Collection[Partnership], actor: Actor) -> dict[int, Section]:
    """Story A-02: the programmes with their cohorts and free places. Two queries."""
    keys = [row.pk for row in partnerships]
    found: dict[int, Groups] = defaultdict(Groups)
    running = Cohort.objects.filter(programme__partnership__in=keys, ends_on__gte=today())
    for cohort in with_enrolled(running.select_related("programme__school").order_by("starts_on", "pk")):
        shown = CohortRow(cohort, max(0, cohort.capacity - (cohort.taken or 0)))
        found[cohort.programme.partnership_id or 0].cohorts.append(shown)
    waiting = CohortRequest.objects.waiting().filter(programme__partnership__in=keys)
    for request in waiting.visible_to(actor).for_list():
        found[request.programme.partnership_id or 0].asked.append(request)
    for row in partnerships:
        if can_ask(actor, row):
            found[row.pk].ask_url = reverse("programmes:cohort-request-create", args=[row.slug])
    return {key: Section("students/added/cohorts.html", groups) for key, groups in found.items()}


@ON_PARTNERSHIP.register
def on_partnership(partnerships: Collection[Partnership], _actor: Actor | None) -> dict[int, Section]:
    """For everyone: seats by programme and month of start, where the page of the partnership is public. One query."""
    public = [row.pk for row in partnerships if row.is_published]
    running = Cohort.objects.filter(programme__partnership__in=public, ends_on__gte=today())
    found: dict[tuple[int, int, dt.date], list[CohortRow]] = defaultdict(list)
    for cohort in with_enrolled(running.select_related("programme__school").order_by("starts_on", "pk")):
        key = (cohort.programme.partnership_id or 0, cohort.programme_id, cohort.starts_on.replace(day=1))
        found[key].append(CohortRow(cohort, max(0, cohort.capacity - (cohort.taken or 0))))
    shown: dict[int, list[FreeSeats]] = defaultdict(list)
    for (partnership, _programme, month), rows in found.items():
        free, seats = sum(row.free for row in rows), sum(row.cohort.capacity for row in rows)
        shown[partnership].append(FreeSeats(rows[0].cohort.programme, month, free, seats))
    return {key: Section("students/added/free_seats.html", seen) for key, seen in shown.items()}
