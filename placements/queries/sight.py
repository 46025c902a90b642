"""How far someone who looks for places can see, read before the places are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, QuerySet, Value

from core.lookups import array_of
from core.written import SHAPES, Marks, Shape, written
from partnerships.models import Partnership
from partnerships.roles import LOOKS_FOR_SLOTS
from students.models import Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor


@dataclass(frozen=True)
class Study:
    """What a student may learn in one study: in which partnership if any, of which school, and the
    partnerships of that region."""

    partnership: frozenset[int]
    school: frozenset[int]
    region: frozenset[int]
    qualifications: frozenset[int]


@dataclass(frozen=True)
class Sight:
    """How far someone who looks for places can see: ids, read beforehand.

    Each study of one's own by itself: who learns at two schools finds of neither what is meant for the other.
    """

    region: frozenset[int]
    studies: tuple[Study, ...] = ()


def sight_of(actor: Actor) -> Sight:
    """One small query, of rows of two kinds: own running enrolments, and the partnerships in the same provinces."""
    rows = _in_sight(actor=actor)
    learns: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for _kind, partnership, school, qualification, region in rows:
        if qualification is not None:  # without one nothing is meant for the study
            learns[partnership, school, frozenset(region)].add(qualification)
    return Sight(
        region=frozenset(row[1] for row in rows if row[0] == "near"),
        studies=tuple(
            Study(frozenset({partnership} - {None}), frozenset({school}), region, frozenset(found))
            for (partnership, school, region), found in learns.items()
        ),
    )


def _values_of(sight: Sight) -> list[frozenset[int]]:
    return [sight.region, *(ids for study in sight.studies for ids in vars(study).values())]


def _shape_of(sight: Sight) -> tuple[int, ...]:
    return tuple(min(len(ids), 2) for ids in _values_of(sight))


def _stand_in_of(sight: Sight, marks: Marks) -> Sight:
    region, *others = (frozenset(marks.some(len(ids))) for ids in _values_of(sight))
    return Sight(region, tuple(Study(*others[at : at + 4]) for at in range(0, len(others), 4)))


SHAPES[Sight] = Shape(shape_of=_shape_of, values_of=_values_of, stand_in_of=_stand_in_of)


@written
def _in_sight(*, actor: Actor) -> QuerySet[Any, Any]:
    programme, none = "cohort__programme__", Value(None, output_field=models.BigIntegerField())
    in_provinces = Partnership.objects.filter(
        provinces__overlap=OuterRef(f"{programme}partnership__provinces")
    )
    studies: QuerySet[Any, Any] = (
        Enrolment.objects.own(actor)
        .running()
        .order_by()
        .values_list(
            Value("study", output_field=models.CharField()),
            f"{programme}partnership",
            f"{programme}school",
            f"{programme}qualifications",
            ArraySubquery(in_provinces.order_by().values("pk")),
        )
    )
    near = Partnership.objects.filter(provinces__overlap=array_of(actor.provinces_as(*LOOKS_FOR_SLOTS)))
    nowhere = Value([], output_field=ArrayField(models.BigIntegerField()))
    nearby = near.order_by().values_list(
        Value("near", output_field=models.CharField()), "pk", none, none, nowhere
    )
    return studies.union(nearby, all=True)
