"""How far someone who looks for places can see, read before the places are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, QuerySet, Value

from core.lookups import array_of
from core.written import written
from partnerships.models import Partnership
from partnerships.roles import LOOKS_FOR_SLOTS
from students.models import Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor


@dataclass(frozen=True)
class Sight:
    """How far someone who looks for places can see: ids, read beforehand. The last four are of own studies."""

    region: frozenset[int]
    study_region: frozenset[int]
    partnerships: frozenset[int]
    schools: frozenset[int]
    qualifications: frozenset[int]


def sight_of(actor: Actor) -> Sight:
    """One small query, of rows of two kinds: own running enrolments, and the partnerships in the same provinces."""
    rows = _in_sight(actor=actor)
    own = [row for row in rows if row[0] == "study"]
    return Sight(
        region=frozenset(row[1] for row in rows if row[0] == "near"),
        study_region=frozenset(pk for row in own for pk in row[4]),
        partnerships=frozenset(row[1] for row in own if row[1]),
        schools=frozenset(row[2] for row in own),
        qualifications=frozenset(row[3] for row in own if row[3]),
    )


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
