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
    slots = Slot.objects.findable().filter(partnership=partnership_id).with_taken()
    enrolled = Enrolment.objects.running().filter(cohort__programme__partnership=partnership_id)
    offered = _together(Slot.qualifications.through, slot=OuterRef("pk"))
    needed = _together(Programme.qualifications.through, programme=OuterRef("cohort__programme"))
    supply = slots.annotate(crebos=offered).order_by().values_list("crebos")
    demand = enrolled.annotate(crebos=needed, is_placed=has_place()).order_by().values_list("crebos")
    sums, named = _sums(partnership_id, slots, enrolled)
    if not named:  # nothing has begun
        return Figures(**sums, rows=[])
    return Figures(
        **sums,
        rows=_rows(
            named,
            {
                tuple(crebos): numbers
                for crebos, *numbers in supply.annotate(places=Sum("seats"), used=Sum("taken"))
                if crebos
            },
            {
                tuple(crebos): numbers
                for crebos, *numbers in demand.annotate(
                    students=Count("pk"), looking=Count("pk", filter=Q(is_placed=False))
                )
                if crebos
            },
        ),
    )


def _together(through: Any, **of: OuterRef) -> ArraySubquery:
    """The qualifications that belong together, as one value: who learns for two is one person in one row."""
    return ArraySubquery(through.objects.filter(**of).order_by("qualification").values("qualification"))


def _sums(
    partnership_id: int, slots: SlotQuerySet, enrolled: EnrolmentQuerySet
) -> tuple[dict[str, int], Named]:
    """All sums as subqueries of one row, and the qualifications they are about: one trip to the database."""
    active = LearningPlan.objects.filter(enrolment=OuterRef("pk"), state=PlanState.ACTIVE)
    since = timezone.now() - RECENT
    matches = Match.objects.open().filter(slot__partnership=partnership_id)
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
    row: dict[str, Any] = dict(
        Partnership.objects.filter(pk=partnership_id).values(**sums, named=names).get()
    )
    named = {one["pk"]: (one["name"], one["crebo"]) for one in row.pop("named")}
    found: dict[str, int] = row
    places, taken = found.pop("places"), found.pop("taken")
    return {**found, "places": places, "free": places - taken}, named


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
