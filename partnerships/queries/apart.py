"""Pairs of organisations, locations or people that look alike and of which someone said that they are two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Model, OuterRef, QuerySet
from django.db.models.functions import Cast

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.models import StateChange
from partnerships.models import Location, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet
from partnerships.queries.likeness import Pair

APART = "apart"  # what is on record of the older one, with the other as what came of it


@dataclass(frozen=True, slots=True)
class Said:
    """That two are two, and the record of who said so."""

    pair: Pair
    act: StateChange


def said(rows: OrganisationQuerySet | LocationQuerySet | PersonQuerySet) -> list[Said]:
    """What was said of these and not taken back, the newest first; one query."""
    older = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    found = _standing(rows.model).filter(object_id__in=older).select_related("by").order_by("-at", "-pk")
    return [Said(Pair(int(act.object_id), int(act.to_state)), act) for act in found]


def with_said(rows: PersonQuerySet) -> Any:
    """These with `said_apart`: the keys, as they are kept, of the newer ones of whom was said that they are two."""
    acts = _standing(rows.model).filter(object_id=Cast(OuterRef("pk"), CharField()))
    return rows.annotate(said_apart=ArraySubquery(acts.values("to_state")))


def pair_of(one: Organisation | Location | Person, other: Organisation | Location | Person) -> Pair:
    """Two as they are kept: the older one first."""
    first, second = sorted([one.pk, other.pk])
    return Pair(first, second)


def without(pairs: list[Pair], known: list[Said]) -> list[Pair]:
    """The pairs of which nobody said that they are two."""
    apart = {one.pair for one in known}
    return [pair for pair in pairs if pair not in apart]


def _standing(model: type[Model]) -> QuerySet[StateChange]:
    acts = StateChange.objects.filter(model=model._meta.label_lower, action=APART)
    return acts.filter(undone_by__isnull=True)
