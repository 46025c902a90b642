"""Who offers an improvement, takes it back, accepts and declines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import Verdict, not_now
from partnerships.rules.partnerships import can_coordinate
from playbooks.models import AdoptedPart, PlaybookOffer
from playbooks.models.offers import OFFERED_ALREADY
from playbooks.rules.adoptions import can_work_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_offer(actor: Actor, part: AdoptedPart, *, has_open: bool) -> Verdict:
    """Offer a piece: for the coordinators of whose it is, once it says something else than the playbook."""
    verdict = can_work_on(actor, part.adoption.partnership)
    if verdict and part.base is not None and part.base.says == part.says:
        return not_now(_("This part says what the playbook says already. Change it first."))
    return not_now(OFFERED_ALREADY) if verdict and has_open else verdict


def can_answer(actor: Actor, offer: PlaybookOffer) -> Verdict:
    """Accept it into the next version, or decline it with a reason: for the coordinators of whose playbook it is."""
    return can_coordinate(actor, offer.publisher) and states.permits(offer, "accept")


def can_withdraw(actor: Actor, offer: PlaybookOffer) -> Verdict:
    """Take it back before there is an answer: for the coordinators of who offered it."""
    return can_coordinate(actor, offer.offerer) and states.permits(offer, "withdraw")
