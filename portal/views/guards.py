"""The ways into the first pages: strangers get 404, colleagues in another role 403 with the reason."""

from collections.abc import Collection

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import Forbidden, require
from partnerships.actors import ActorRequest, HeldRole
from partnerships.models import Partnership
from partnerships.rules.figures import can_see_figures
from portal.rules import held_at


def own_organisation(request: ActorRequest, slug: str, roles: Collection[Role]) -> HeldRole:
    """The organisation in the path, as one of the actor's roles there names it.

    404 for strangers, 403 for colleagues in another role.
    """
    here = held_at(request.actor, slug)
    if not here:
        raise Http404
    for held in here:
        if held.role in roles:
            return held
    raise Forbidden(_("Your role in this organisation does not come with this page."))


def figures_of(request: ActorRequest, slug: str) -> Partnership:
    """The partnership in the path, for those who read its figures; a client in its steering group knows no more of it."""
    actor = request.actor
    known = Partnership.objects.filter(pk__in=sorted(actor.inside | actor.steers))
    partnership = get_object_or_404(known, slug=slug)
    require(can_see_figures(actor, partnership))
    return partnership
