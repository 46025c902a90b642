"""Who may open the pages that belong to no app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.actors import Actor, HeldRole


def can_administer(actor: Actor) -> Verdict:
    """Look after reference data and accounts."""
    return ALLOW if actor.is_staff else deny(_("Only administrators come here."))


def can_coordinate_any(actor: Actor) -> Verdict:
    """See all own partnerships on one page; with what waits in each for its coordinators."""
    return ALLOW if actor.coordinates else deny(_("Only coordinators of a partnership come here."))


def held_at(actor: Actor, slug: str) -> list[HeldRole]:
    """The actor's roles in the organisation with this address; none for strangers."""
    return [held for held in actor.held if held.slug == slug]
