"""Who takes an initiative to another phase (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access import Verdict
from partnerships.models import Initiative
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

# What brings it to its end, also where nothing begins any more.
ENDS = frozenset({"finish", "stop"})


def can_move(actor: Actor, initiative: Initiative, action: str) -> Verdict:
    """Take it to another phase: for who writes for the partnership, and as long as that goes on unless it ends there."""
    verdict = can_write(actor, initiative.partnership)
    return verdict if action in ENDS else verdict and goes_on(initiative.partnership)
