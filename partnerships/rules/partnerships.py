"""Who may work on a partnership: its coordinators (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.models import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_coordinate(actor: Actor, partnership: Partnership) -> Verdict:
    """Work on members, groups, initiatives, calls and figures: for coordinators of its leading organisations."""
    if partnership.pk in actor.coordinates:
        return ALLOW
    return deny(_("Only a coordinator of this partnership can do this."))
