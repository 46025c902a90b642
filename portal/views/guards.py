"""The ways into the first pages: strangers get 404, colleagues in another role 403 with the reason."""

from collections.abc import Collection

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import Forbidden
from partnerships.actors import ActorRequest, HeldRole
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
