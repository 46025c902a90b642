"""What a partnership goes on as."""

from __future__ import annotations

from django.db.models import Q

from partnerships.actors import Actor
from partnerships.models import Partnership


def successors(actor: Actor, partnership: Partnership) -> list[Partnership]:
    """The partnerships that it can go on as: those that the actor coordinates too, and the one that was chosen before."""
    own = Q(pk__in=actor.coordinates) | Q(predecessors=partnership.pk)
    return list(Partnership.objects.filter(own).exclude(pk=partnership.pk).distinct().for_list())
