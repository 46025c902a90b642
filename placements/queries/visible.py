"""Places, placements and proposals as their reader sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from core.written import attach, written
from partnerships.actors import Actor
from placements.models import Match, Placement, Slot
from placements.queries.placed import with_proposed
from programmes.models import Qualification
from students.models import Enrolment


def slot_at(*, actor: Actor, public_id: UUID) -> list[Slot]:
    """The place at an address, for who may see it."""
    return _with_qualifications(_slot_at(actor=actor, public_id=public_id))


@written
def _slot_at(*, actor: Actor, public_id: UUID) -> QuerySet[Slot]:
    return Slot.objects.visible_to(actor).for_list().filter(public_id=public_id).prefetch_related(None)


@written
def _qualifications(*, slots: list[int]) -> QuerySet[Qualification]:
    """What these places are for, each with the key of its place."""
    return Qualification.objects.filter(slots__in=slots).annotate(of_slot=F("slots"))


def _with_qualifications(slots: list[Slot]) -> list[Slot]:
    attach(slots, "qualifications", _qualifications(slots=[slot.pk for slot in slots]), by="of_slot")
    return slots


def slots_by_key(*, keys: list[int]) -> list[Slot]:
    """Places of a list that says which may be seen, with what is printed of each."""
    return _with_qualifications(_slots_by_key(keys=keys))


@written
def _slots_by_key(*, keys: list[int]) -> QuerySet[Slot]:
    return Slot.objects.filter(pk__in=keys).for_list().prefetch_related(None)


@written
def placements_by_key(*, keys: list[int]) -> QuerySet[Placement]:
    """The same of placements."""
    return Placement.objects.filter(pk__in=keys).with_details()


@written
def matches_by_key(*, actor: Actor, keys: list[int]) -> QuerySet[Match]:
    """The same of proposals, with whether the actor teaches the student."""
    return Match.objects.filter(pk__in=keys).with_details(actor)


@written
def seekers_by_key(*, keys: list[int]) -> QuerySet[Enrolment]:
    """The same of students who seek a place, with whether each is proposed somewhere already."""
    rows = with_proposed(Enrolment.objects.filter(pk__in=keys))
    return rows.select_related("student__person", "cohort__programme")
