"""The ways into a page: strangers get 404, insiders without the right 403 with the reason."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.enums import EMPLOYER_KINDS
from partnerships.models import Organisation, Partnership
from partnerships.rules.organisations import can_act_for
from partnerships.rules.partnerships import can_coordinate


def employer_of(request: ActorRequest, slug: str) -> Organisation:
    """The employer in whose name the page acts."""
    acting = next(
        (held for held in request.actor.held if held.slug == slug and held.kind in EMPLOYER_KINDS), None
    )
    if acting is None:
        raise Http404
    require(can_act_for(request.actor, acting.organisation_id))
    # What the pages print of it is known already: no need to ask the database again.
    return Organisation(pk=acting.organisation_id, slug=acting.slug, name=acting.name, kind=acting.kind)


def coordinated_partnership(request: ActorRequest, slug: str) -> Partnership:
    """404 for strangers, 403 with the reason for people of member organisations."""
    partnership = get_object_or_404(Partnership.objects.inside(request.actor), slug=slug)
    require(can_coordinate(request.actor, partnership))
    return partnership
