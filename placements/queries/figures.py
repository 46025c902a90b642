"""What a partnership yields, for its coordinators: sums only, small groups hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Aggregate, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from core.dates import local_day
from core.small_cells import hide_small
from core.written import written
from partnerships.models import Partnership
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries.placed import has_place
from programmes.models import Programme, Qualification
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
    """Places against demand per qualification, and the sums (at most three queries, whatever the size).

    A combined programme (VZMZ) has one row, so that nobody is counted twice. A place for more than one qualification
    stands with each programme that could use it.

    A place is a seat of a slot that can be found today; it is free when nobody has it from today on. A student
    counts when enrolled in a programme of the partnership, and looks for a place without one (`placed.has_place`).
    """
    sums, named = _sums(partnership_id)
    if not named:  # nothing has begun
        return Figures(**sums, rows=[])
    return Figures(
        **sums,
        rows=_rows(
            named,
            {tuple(crebos): numbers for crebos, *numbers in _supply(partnership=partnership_id) if crebos},
            {tuple(crebos): numbers for crebos, *numbers in _demand(partnership=partnership_id) if crebos},
        ),
    )


def _slots(partnership: int) -> SlotQuerySet:
    return Slot.objects.findable().filter(partnership=partnership)


def _enrolled(partnership: int) -> EnrolmentQuerySet:
    return Enrolment.objects.running().filter(cohort__programme__partnership=partnership)


@written
def _supply(*, partnership: int) -> QuerySet[Any, Any]:
    """Per set of qualifications the seats and those that are taken."""
    offered = _together(Slot.qualifications.through, slot=OuterRef("pk"))
    slots = _slots(partnership).annotate(crebos=offered).order_by().values_list("crebos")
    return slots.annotate(places=Sum("seats"), used=Sum("taken"))


@written
def _demand(*, partnership: int) -> QuerySet[Any, Any]:
    """Per set of qualifications the students and those who look for a place."""
    needed = _together(Programme.qualifications.through, programme=OuterRef("cohort__programme"))
    students = _enrolled(partnership).annotate(crebos=needed, is_placed=has_place())
    numbers = {"students": Count("pk"), "looking": Count("pk", filter=Q(is_placed=False))}
    return students.order_by().values_list("crebos").annotate(**numbers)


def _together(through: Any, **of: OuterRef) -> ArraySubquery:
    """The qualifications that belong together, as one value: who learns for two is one person in one row."""
    return ArraySubquery(through.objects.filter(**of).order_by("qualification").values("qualification"))


def _sums(partnership_id: int) -> tuple[dict[str, int], Named]:
    """All sums of one row, and the qualifications they are about."""
    (row,) = _all_sums(partnership=partnership_id)
    named = {one["pk"]: (one["name"], one["crebo"]) for one in row.pop("named")}
    places, taken = row.pop("places"), row.pop("taken")
    return {**row, "places": places, "free": places - taken}, named


@written
def _all_sums(*, partnership: int) -> QuerySet[Any, Any]:
    """All sums as subqueries of one row: one trip to the database."""
    slots, enrolled = _slots(partnership), _enrolled(partnership)
    active = LearningPlan.objects.filter(enrolment=OuterRef("pk"), state=PlanState.ACTIVE)
    since = timezone.now() - RECENT
    matches = Match.objects.open().filter(slot__partnership=partnership)
    sums = {
        "places": _total(slots, Sum("seats")),
        "taken": _total(slots, Sum("taken")),
        "students": _total(enrolled, Count("pk")),
        "placed": _total(enrolled.filter(has_place()), Count("pk")),
        "placed_recently": _total(enrolled.filter(has_place(confirmed_on__gt=local_day(since))), Count("pk")),
        "plans_agreed": _total(enrolled.filter(Exists(active)), Count("pk")),
        "matches_open": _total(matches, Count("pk")),
    }
    about = Qualification.objects.filter(
        Q(pk__in=slots.order_by().values("qualifications"))
        | Q(pk__in=enrolled.order_by().values("cohort__programme__qualifications"))
    )
    names = ArraySubquery(about.order_by("pk").values(row=JSONObject(pk="pk", name="name", crebo="crebo")))
    return Partnership.objects.filter(pk=partnership).values(**sums, named=names)


def _total(rows: QuerySet[Any], number: Aggregate) -> Coalesce:
    """One number over all rows, as a subquery: 0 when there are none."""
    whole = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=number).values("number")
    return Coalesce(Subquery(whole), 0)


Named = dict[int, tuple[str, str]]  # of a qualification its name and crebo
Key = tuple[int, ...]  # the qualifications that a place is for, or that a student learns for


def _rows(
    named: Named, supply: dict[Key, list[int]], demand: dict[Key, list[int]]
) -> list[QualificationFigures]:
    left = {key for key in supply if not any(set(key) >= set(needed) for needed in demand)}
    words = {key: _words([named[pk] for pk in key]) for key in {*demand, *left}}
    keys = sorted(words, key=lambda key: (words[key], key))
    students = hide_small([demand.get(key, (0, 0))[0] for key in keys])
    looking = hide_small([demand.get(key, (0, 0))[1] for key in keys])
    rows = []
    for key, all_students, still_looking in zip(keys, students, looking, strict=True):
        fitting = [
            numbers
            for offered, numbers in supply.items()
            if offered == key or (key in demand and set(offered) >= set(key))
        ]
        places, taken = (sum(column) for column in zip((0, 0), *fitting, strict=True))
        rows.append(QualificationFigures(*words[key], places, places - taken, all_students, still_looking))
    return rows


def _words(parts: list[tuple[str, str]]) -> tuple[str, str]:
    """Names and crebos of qualifications that belong together, each in the same order."""
    parts = sorted(parts)
    return " + ".join(name for name, _crebo in parts), " + ".join(crebo for _name, crebo in parts)
