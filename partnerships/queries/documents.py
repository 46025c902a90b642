"""For which groups someone keeps documents, and which a group has."""

from __future__ import annotations

from django.db.models import Q

from partnerships.actors import Actor
from partnerships.models import Document, Group, Partnership
from partnerships.models.documents import DocumentQuerySet
from partnerships.models.groups import GroupQuerySet


def groups_to_keep_for(actor: Actor, partnership: Partnership) -> GroupQuerySet:
    """The running groups of a partnership whose documents the actor keeps, by name."""
    keeps = Q(partnership__in=actor.coordinates) | Q(pk__in=actor.presides)
    return Group.objects.running().filter(keeps, partnership=partnership).order_by("name", "pk")


def documents_of(group: Group, actor: Actor) -> DocumentQuerySet:
    """Those of a group, as far as the actor may read them."""
    return Document.objects.visible_to(actor).filter(group=group).for_list()
