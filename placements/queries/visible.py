"""One place as its reader sees it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from core.written import attach, written
from partnerships.actors import Actor
from placements.models import Slot
from programmes.models import Qualification


def slot_at(*, actor: Actor, public_id: UUID) -> list[Slot]:
    """The place at an address, for who may see it."""
    slots = _slot_at(actor=actor, public_id=public_id)
    attach(slots, "qualifications", _qualifications(slots=[slot.pk for slot in slots]), by="of_slot")
    return slots


@written
def _slot_at(*, actor: Actor, public_id: UUID) -> QuerySet[Slot]:
    return Slot.objects.visible_to(actor).for_list().filter(public_id=public_id).prefetch_related(None)


@written
def _qualifications(*, slots: list[int]) -> QuerySet[Qualification]:
    """What these places are for, each with the key of its place."""
    return Qualification.objects.filter(slots__in=slots).annotate(of_slot=F("slots"))
