"""Pairs of organisations, locations or people that look alike and of which someone said that they are two."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField
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
    acts = StateChange.objects.filter(
        model=rows.model._meta.label_lower, action=APART, undone_by__isnull=True
    )
    older = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    found = acts.filter(object_id__in=older).select_related("by").order_by("-at", "-pk")
    return [Said(Pair(int(act.object_id), int(act.to_state)), act) for act in found]


def pair_of(one: Organisation | Location | Person, other: Organisation | Location | Person) -> Pair:
    """Two as they are kept: the older one first."""
    first, second = sorted([one.pk, other.pk])
    return Pair(first, second)


def without(pairs: list[Pair], known: list[Said]) -> list[Pair]:
    """The pairs of which nobody said that they are two."""
    apart = {one.pair for one in known}
    return [pair for pair in pairs if pair not in apart]
