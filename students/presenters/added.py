"""What students add to the pages of partnerships: the cohorts of its programmes, and how many can still begin there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse

from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.spots import INSIDE
from programmes.models import Cohort, CohortRequest
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
