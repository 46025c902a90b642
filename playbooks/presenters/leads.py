"""Who wants to begin with a playbook too, as the coordinators see it."""

from __future__ import annotations

from typing import Any

from partnerships.actors import Actor
from playbooks.enums import LeadState
from playbooks.models import PlaybookLead
from playbooks.rules import leads as rules
from ui.history import state_lines

LOOKS = {LeadState.NEW: "wait", LeadState.ANSWERED: "done", LeadState.CLOSED: "back"}


def lead_context(actor: Actor, lead: PlaybookLead) -> dict[str, Any]:
    """One question with what can be done."""
    return {
        "space": "coordinator",
        "lead": lead,
        "partnership": lead.partnership,
        "look": LOOKS[LeadState(lead.state)],
        "may_answer": rules.can_answer(actor, lead),
        "may_close": rules.can_close(actor, lead),
        "may_reopen": rules.can_reopen(actor, lead),
        "history": state_lines(lead),
    }
