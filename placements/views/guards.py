"""The ways into a page: strangers get 404."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from placements.models import Placement, Slot


def own_slot(request: ActorRequest, organisation: Organisation, public_id: UUID) -> Slot:
    """A slot of the employer in whose name the page acts."""
    slots = Slot.objects.own(request.actor).filter(organisation=organisation)
    slot = get_object_or_404(slots.for_list(), public_id=public_id)
    slot.organisation = organisation
    return slot


def placement_or_404(request: ActorRequest, public_id: UUID) -> Placement:
    """A placement as far as the actor sees it."""
    visible = Placement.objects.visible_to(request.actor).with_standing(request.actor)
    return get_object_or_404(
        visible.for_list().select_related("student__user", "slot__partnership"), public_id=public_id
    )
