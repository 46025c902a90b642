"""One place as its reader sees it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from core.written import written
from partnerships.actors import Actor
from placements.models import Slot


@written
def slot_at(*, actor: Actor, public_id: UUID) -> QuerySet[Slot]:
    """The place at an address, for who may see it."""
    return Slot.objects.visible_to(actor).for_list().filter(public_id=public_id)


@written
def slots_by_key(*, keys: list[int]) -> QuerySet[Slot]:
    """Places of a list that says which may be seen, with what is printed of each."""
    return Slot.objects.filter(pk__in=keys).for_list()
