"""Who answers those who want to begin with a playbook too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import states
from core.access import Verdict
from partnerships.rules.partnerships import can_coordinate
from playbooks.models import PlaybookLead

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_answer(actor: Actor, lead: PlaybookLead) -> Verdict:
    """Answer by mail, once or again: for the coordinators of the partnership."""
    return can_coordinate(actor, lead.partnership) and states.permits(lead, "answer")


def can_close(actor: Actor, lead: PlaybookLead) -> Verdict:
    """Say that nothing more is to be done."""
    return can_coordinate(actor, lead.partnership) and states.permits(lead, "close")


def can_reopen(actor: Actor, lead: PlaybookLead) -> Verdict:
    """Open what was closed."""
    return can_coordinate(actor, lead.partnership) and states.permits(lead, "reopen")
