"""Improvements as the coordinators of both partnerships see them."""

from __future__ import annotations

from typing import Any

from partnerships.actors import Actor
from playbooks.enums import OfferState
from playbooks.models import PlaybookOffer
from playbooks.presenters.adoptions import spelled
from playbooks.queries.offers import stands_in_playbook
from playbooks.rules import offers as rules
from ui.history import state_lines

LOOKS = {
    OfferState.OPEN: "wait",
    OfferState.ACCEPTED: "done",
    OfferState.DECLINED: "back",
    OfferState.WITHDRAWN: "back",
}


def offer_context(actor: Actor, offer: PlaybookOffer) -> dict[str, Any]:
    """One improvement beside what stands in the playbook, with what can be done."""
    return {
        "space": "coordinator",
        "offer": offer,
        "look": LOOKS[OfferState(offer.state)],
        "now": spelled(stands_in_playbook(offer)),
        "offered": spelled(offer),
        "may_answer": rules.can_answer(actor, offer),
        "may_withdraw": rules.can_withdraw(actor, offer),
        "history": state_lines(offer),
    }
