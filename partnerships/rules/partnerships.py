"""Who may work on a partnership: its coordinators (product.md, "Membership roles")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.models import Initiative, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_coordinate(actor: Actor, partnership: Partnership) -> Verdict:
    """Members, groups, initiatives, calls and figures are the coordinator's of lead or coordinating body."""
    return _coordinates(actor, partnership.pk)


def can_edit_initiative(actor: Actor, initiative: Initiative) -> Verdict:
    return _coordinates(actor, initiative.partnership_id)


def _coordinates(actor: Actor, partnership_id: int) -> Verdict:
    if partnership_id in actor.coordinates:
        return ALLOW
    return deny(_("Only a coordinator of this partnership can do this."))
