"""Who takes part in an initiative as a person, and who lets them in (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.models import Initiative, InitiativeParticipant
from partnerships.models.initiatives import GOING_ON
from partnerships.rules.initiative_partners import can_lead
from partnerships.rules.partnerships import goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

IS_OVER = not_now(_("This initiative is over."))
ALREADY = not_now(_("You take part already, or wait for an answer."))
NOT_YOURS = deny(_("Only the person who takes part can do this."))


def can_ask(actor: Actor, initiative: Initiative, own: InitiativeParticipant | None) -> Verdict:
    """Ask to take part, for everyone who reads the initiative; `own` is how this person takes part now."""
    if own is not None and own.person_id == actor.person_id:
        return ALREADY
    return goes_on(initiative.partnership) and (ALLOW if initiative.state in GOING_ON else IS_OVER)


def can_accept(actor: Actor, participant: InitiativeParticipant) -> Verdict:
    """Let someone in: for who leads the initiative."""
    verdict = can_lead(actor, participant.initiative) and goes_on(participant.initiative.partnership)
    return verdict and states.permits(participant, "accept")


def can_decline(actor: Actor, participant: InitiativeParticipant) -> Verdict:
    """Say no, or end it, with the reason: for who leads the initiative."""
    return can_lead(actor, participant.initiative) and states.permits(participant, "decline")


def can_leave(actor: Actor, participant: InitiativeParticipant) -> Verdict:
    """Take the own yes back, at any time."""
    if participant.person_id != actor.person_id:
        return NOT_YOURS
    return states.permits(participant, "leave")
