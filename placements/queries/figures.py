"""What a partnership yields, for its coordinators: sums only, small groups hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.small_cells import hide_small
from partnerships.models import Partnership
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries.placed import has_place
from students.enums import PlanState
from students.models import Enrolment, LearningPlan
from students.models.enrolments import EnrolmentQuerySet

RECENT = dt.timedelta(days=90)


@dataclass(frozen=True)
class QualificationFigures:
    """Supply and demand of one qualification. None stands for "fewer than five"."""

    name: str
    crebo: str
    places: int
    free: int
    students: int | None
    looking: int | None


@dataclass(frozen=True)
class Figures:
    """The figures on the coordinator's first page."""

    places: int
    free: int
    students: int
    placed: int
    placed_recently: int
    plans_agreed: int
    matches_open: int
    rows: list[QualificationFigures]


def of_partnership(partnership_id: int) -> Figures:
    """Places against demand per qualification, and the sums (three queries, whatever the size).

    A place is a seat of a slot that can be found today; it is free when nobody has it from today on. A student
    counts when enrolled in a programme of the partnership, and looks for a place without one (`placed.has_place`).
    """
    slots = Slot.objects.findable().filter(partnership=partnership_id).with_taken()
    enrolled = Enrolment.objects.running().filter(cohort__programme__partnership=partnership_id)
    supply = slots.exclude(qualifications=None).order_by().values_list(*_named("qualifications"))
    demand = (
        enrolled.annotate(is_placed=has_place())
        .exclude(cohort__programme__qualifications=None)
        .order_by()
        .values_list(*_named("cohort__programme__qualifications"))
    )
    return Figures(
        **_sums(partnership_id, slots, enrolled),
        rows=_rows(
            {row[:3]: row[3:] for row in supply.annotate(places=Sum("seats"), used=Sum("taken"))},
            {
                row[:3]: row[3:]
                for row in demand.annotate(
                    students=Count("pk"), looking=Count("pk", filter=Q(is_placed=False))
                )
            },
        ),
    )


def _named(path: str) -> tuple[str, str, str]:
    """The columns that tell a qualification, in the order in which the table is sorted."""
    return f"{path}__name", f"{path}__crebo", f"{path}__pk"


def _sums(partnership_id: int, slots: SlotQuerySet, enrolled: EnrolmentQuerySet) -> dict[str, int]:
    """All sums as subqueries of one row, so that they cost one trip to the database."""
    active = LearningPlan.objects.filter(enrolment=OuterRef("pk"), state=PlanState.ACTIVE)
    since = timezone.now() - RECENT
    matches = Match.objects.open().filter(slot__partnership=partnership_id)
    sums = {
        "places": _total(slots, Sum("seats")),
        "taken": _total(slots, Sum("taken")),
        "students": _total(enrolled, Count("pk")),
        "placed": _total(enrolled.filter(has_place()), Count("pk")),
        "placed_recently": _total(enrolled.filter(has_place(created_at__gt=since)), Count("pk")),
        "plans_agreed": _total(enrolled.filter(Exists(active)), Count("pk")),
        "matches_open": _total(matches, Count("pk")),
    }
    row: dict[str, Any] = dict(Partnership.objects.filter(pk=partnership_id).values(**sums).get())
    found: dict[str, int] = row
    places, taken = found.pop("places"), found.pop("taken")
    return {**found, "places": places, "free": places - taken}


def _total(rows: QuerySet[Any], number: Aggregate) -> Coalesce:
    """One number over all rows, as a subquery: 0 when there are none."""
    whole = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=number).values("number")
    return Coalesce(Subquery(whole), 0)


Key = tuple[str, str, int]


def _rows(
    supply: dict[Key, tuple[int, int]], demand: dict[Key, tuple[int, int]]
) -> list[QualificationFigures]:
    keys = sorted({*supply, *demand})
    students = hide_small([demand.get(key, (0, 0))[0] for key in keys])
    looking = hide_small([demand.get(key, (0, 0))[1] for key in keys])
    rows = []
    for key, all_students, still_looking in zip(keys, students, looking, strict=True):
        places, taken = supply.get(key, (0, 0))
        rows.append(QualificationFigures(key[0], key[1], places, places - taken, all_students, still_looking))
    return rows
