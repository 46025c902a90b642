"""What a partnership yields, for its coordinators: sums only, small groups hidden with what would give them away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, Count, OuterRef, Q, QuerySet, Sum, Value

from core.dates import today
from core.small_cells import protected
from core.written import written
from placements.enums import PlacementKind, PlacementState
from placements.models import Match, Placement, Slot
from placements.queries.placed import ordinary
from programmes.models import Programme, Qualification
from students.enums import PlanState
from students.models import Enrolment, LearningPlan


@dataclass(frozen=True)
class QualificationFigures:
    """Supply and demand of one qualification. None stands for what a group under five would be known by."""

    name: str
    crebo: str
    places: int | None
    free: int | None
    students: int | None
    looking: int | None


@dataclass(frozen=True)
class Figures:
    """The figures on the coordinator's first page; None as there."""

    places: int | None
    free: int | None
    students: int | None
    placed: int | None
    looking: int | None
    plans_agreed: int | None
    matches_open: int
    rows: list[QualificationFigures]
    placed_before: int = 0  # of the same students, a month ago
    has_places: bool = False
    has_students: bool = False


def of_partnership(partnership_id: int, *, with_rows: bool = True) -> Figures:
    """Places against demand per qualification, and the sums (three queries, whatever the size; two for the sums alone).

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
    about: list[Any] = []
    if with_rows:
        about = _about(
            keys=sorted({pk for key in supply for pk in key}),
            programmes=[programme for programme, *_numbers in learning],
        )
    demand: dict[Key, list[int]] = {}
    for programme, students, placed, *_more in learning:
        key = tuple(pk for pk, *_words, programmes in about if programme in programmes)
        known = demand.setdefault(key, [0, 0])
        known[0] += students
        known[1] += students - placed
    named = {pk: (name, crebo) for pk, name, crebo, _programmes in about}
    sums = [sum(column) for column in zip((0, 0, 0, 0), *(row[1:] for row in learning), strict=True)]
    rows = _rows(named, supply, demand) if named else []
    without = demand.get((), []) if with_rows else []
    numbers, adding_up = _numbers(rows, without, [places, taken, *sums])
    shown = protected(
        numbers,
        adding_up,
        not_people={key for key in numbers if key[0] in {"places", "free"}},
        missed=lambda key: MISSED[key[0]] + (0 if key[1] is not None else A_TOTAL),
    )
    return Figures(
        places=shown["places", None],
        free=shown["free", None],
        students=shown["students", None],
        placed=shown["placed", None],
        looking=shown["looking", None],
        plans_agreed=shown["agreed", None],
        matches_open=matches_open,
        rows=[
            QualificationFigures(
                *row[:2], *(shown[name, at] for name in ("places", "free", "students", "looking"))
            )
            for at, row in enumerate(rows)
        ],
        placed_before=sums[3],
        has_places=bool(places),
        has_students=bool(sums[0]),
    )


def _numbers(
    rows: list[Row], without: list[int], sums: list[int]
) -> tuple[dict[Cell, int], list[tuple[Cell, list[Cell]]]]:
    """All numbers of the page by what they are and in which row (None: of all), and what adds up to what.

    Who has a place follows from seats and free seats, also where it is not said: then the two are one number. `without` are
    the students of programmes without a qualification, who stand in no row.
    """
    places, taken, students, placed, agreed, _before = sums
    of_rows = [(*row[2:], row[4] - row[5]) for row in rows]
    lines: list[tuple[int | None, tuple[int, int, int, int, int]]] = [
        (None, (places, places - taken, students, students - placed, placed)),
        *enumerate(of_rows),
    ]
    if without:
        all_without, looking = without
        lines.append((-1, (0, 0, all_without, looking, all_without - looking)))
    numbers: dict[Cell, int] = {("agreed", None): agreed, ("not agreed", None): students - agreed}
    adding_up: list[tuple[Cell, list[Cell]]] = [
        (("students", None), [("agreed", None), ("not agreed", None)])
    ]
    for at, (offered, free, all_students, looking, with_place) in lines:
        used = "placed" if offered - free == with_place else "taken"
        numbers |= {("places", at): offered, ("free", at): free, (used, at): offered - free}
        numbers |= {("students", at): all_students, ("looking", at): looking, ("placed", at): with_place}
        adding_up.append((("places", at), [("free", at), (used, at)]))
        adding_up.append((("students", at), [("looking", at), ("placed", at)]))
    for name in ("places", "free", "students", "looking", "placed"):
        parts: list[Cell] = [(name, at) for at, _line in lines[1:]]
        # A seat for several qualifications stands in several rows: then nothing follows from the sum.
        if parts and sum(numbers[part] for part in parts) == numbers[name, None]:
            adding_up.append(((name, None), parts))
    return numbers, adding_up


A_MONTH = timedelta(days=30)
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
    """Per programme its students, those with a place, with a plan that was agreed, and with a place a month ago."""
    enrolled = Enrolment.objects.running().filter(cohort__programme__partnership=partnership).order_by()
    placed = ordinary().filter(student__in=ArraySubquery(enrolled.values("student"))).values("student")
    then = today() - A_MONTH
    before = Placement.objects.filter(
        student__in=ArraySubquery(enrolled.values("student")),
        kind=PlacementKind.ORDINARY,
        confirmed_on__lte=then,
        ends_on__gte=then,
    ).exclude(state=PlacementState.CANCELLED)
    active = LearningPlan.objects.filter(
        enrolment__in=ArraySubquery(enrolled.values("pk")), state=PlanState.ACTIVE
    )
    return enrolled.values_list("cohort__programme").annotate(
        students=Count("pk"),
        placed=Count("pk", filter=Q(student__in=placed)),
        agreed=Count("pk", filter=Q(pk__in=active.values("enrolment"))),
        before=Count("pk", filter=Q(student__in=before.values("student"))),
    )


@written
def _about(*, keys: list[int], programmes: list[int]) -> QuerySet[Any, Any]:
    """These qualifications and those of the programmes: name, crebo and by which of the programmes they are learnt."""
    of_them = Programme.qualifications.through.objects.filter(programme__in=programmes)
    learnt = of_them.filter(qualification=OuterRef("pk")).order_by().values("programme")
    about = Qualification.objects.filter(Q(pk__in=keys) | Q(pk__in=of_them.values("qualification")))
    return about.order_by("pk").values_list("pk", "name", "crebo", ArraySubquery(learnt))


A_TOTAL = 10  # stands on the first page too
# How much each number is missed where others have to go with a hidden one: who is at work is looked up last.
MISSED = {
    "places": 0,
    "students": 1,
    "looking": 2,
    "agreed": 2,
    "not agreed": 2,
    "free": 3,
    "placed": 4,
    "taken": 4,
}
Named = dict[int, tuple[str, str]]  # of a qualification its name and crebo
Key = tuple[int, ...]  # the qualifications that a place is for, or that a student learns for
Row = tuple[str, str, int, int, int, int]  # name and crebo, then places, free, students and who looks
Cell = tuple[str, int | None]


def _rows(named: Named, supply: dict[Key, list[int]], demand: dict[Key, list[int]]) -> list[Row]:
    learnt = {key: numbers for key, numbers in demand.items() if key}
    left = {key for key in supply if not any(set(key) >= set(needed) for needed in learnt)}
    words = {key: _words([named[pk] for pk in key]) for key in {*learnt, *left}}
    rows = []
    for key in sorted(words, key=lambda key: (words[key], key)):
        fitting = [
            numbers
            for offered, numbers in supply.items()
            if offered == key or (key in learnt and set(offered) >= set(key))
        ]
        places, taken = (sum(column) for column in zip((0, 0), *fitting, strict=True))
        rows.append((*words[key], places, places - taken, *learnt.get(key, (0, 0))))
    return rows


def _words(parts: list[tuple[str, str]]) -> tuple[str, str]:
    """Names and crebos of qualifications that belong together, each in the same order."""
    parts = sorted(parts)
    return " + ".join(name for name, _crebo in parts), " + ".join(crebo for _name, crebo in parts)
