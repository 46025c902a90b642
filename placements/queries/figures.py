"""What a partnership yields, for its coordinators: sums only, small groups hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, Count, OuterRef, Q, QuerySet, Sum, Value

from core.small_cells import hide_small
from core.written import written
from placements.models import Match, Slot
from placements.queries.placed import ordinary
from programmes.models import Programme, Qualification
from students.enums import PlanState
from students.models import Enrolment, LearningPlan


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
    plans_agreed: int
    matches_open: int
    rows: list[QualificationFigures]


def of_partnership(partnership_id: int) -> Figures:
    """Places against demand per qualification, and the sums (three queries, whatever the size).

    A combined programme (VZMZ) has one row, so that nobody is counted twice. A place for more than one qualification
    stands with each programme that could use it.

    A place is a seat of a slot that can be found today; it is free when nobody has it from today on. A student
    counts when enrolled in a programme of the partnership, and looks for a place without one (`placed.has_place`).
    """
    supply: dict[Key, list[int]] = {}
    matches_open = places = taken = 0
    for kind, crebos, number, used in _offered(partnership=partnership_id):
        if kind == MATCHES:
            matches_open = number
            continue
        places, taken = places + number, taken + used
        if crebos:
            supply[tuple(crebos)] = [number, used]
    learning = _learning(partnership=partnership_id)
    about = _about(
        keys=sorted({pk for key in supply for pk in key}),
        programmes=[programme for programme, *_numbers in learning],
    )
    demand: dict[Key, list[int]] = {}
    for programme, students, placed, _plans in learning:
        if key := tuple(pk for pk, *_words, programmes in about if programme in programmes):
            known = demand.setdefault(key, [0, 0])
            known[0] += students
            known[1] += students - placed
    named = {pk: (name, crebo) for pk, name, crebo, _programmes in about}
    return Figures(
        places=places,
        free=places - taken,
        students=sum(row[1] for row in learning),
        placed=sum(row[2] for row in learning),
        plans_agreed=sum(row[3] for row in learning),
        matches_open=matches_open,
        rows=_rows(named, supply, demand) if named else [],
    )


SLOTS, MATCHES = "slots", "matches"


@written
def _offered(*, partnership: int) -> QuerySet[Any, Any]:
    """Per set of qualifications the seats and those that are taken; and one row with the proposals without an answer."""
    slots = Slot.objects.findable().filter(partnership=partnership).order_by()
    there = slots.values_list(_text(SLOTS), "qualification_ids")
    there = there.annotate(places=Sum("seats"), used=Sum("taken"))
    known = ArraySubquery(Slot.objects.filter(partnership=partnership).order_by().values("pk"))
    nothing = Value([], output_field=ArrayField(BigIntegerField()))
    waiting = Match.objects.open().filter(slot__in=known).order_by().values_list(_text(MATCHES), nothing)
    return there.union(waiting.annotate(places=Count("pk"), used=Value(0)), all=True)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


@written
def _learning(*, partnership: int) -> QuerySet[Any, Any]:
    """Per programme its students, those with a place and those with a plan that was agreed."""
    enrolled = Enrolment.objects.running().filter(cohort__programme__partnership=partnership).order_by()
    placed = ordinary().filter(student__in=ArraySubquery(enrolled.values("student"))).values("student")
    active = LearningPlan.objects.filter(
        enrolment__in=ArraySubquery(enrolled.values("pk")), state=PlanState.ACTIVE
    )
    return enrolled.values_list("cohort__programme").annotate(
        students=Count("pk"),
        placed=Count("pk", filter=Q(student__in=placed)),
        agreed=Count("pk", filter=Q(pk__in=active.values("enrolment"))),
    )


@written
def _about(*, keys: list[int], programmes: list[int]) -> QuerySet[Any, Any]:
    """These qualifications and those of the programmes: name, crebo and by which of the programmes they are learnt."""
    of_them = Programme.qualifications.through.objects.filter(programme__in=programmes)
    learnt = of_them.filter(qualification=OuterRef("pk")).order_by().values("programme")
    about = Qualification.objects.filter(Q(pk__in=keys) | Q(pk__in=of_them.values("qualification")))
    return about.order_by("pk").values_list("pk", "name", "crebo", ArraySubquery(learnt))


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
