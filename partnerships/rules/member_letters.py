"""Who writes to many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Verdict
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_coordinate, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_write_letters(actor: Actor, partnership: Partnership) -> Verdict:
    """Write to all members, a group, or the employers of a call: for coordinators, as long as the partnership goes on."""
    return can_coordinate(actor, partnership) and goes_on(partnership)
