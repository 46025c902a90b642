"""Who says that a milestone of an initiative is reached, or dropped (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import states
from core.access import ALLOW, Verdict
from partnerships.models import Milestone
from partnerships.rules.initiative_partners import can_lead
from partnerships.rules.partnerships import goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_tend(actor: Actor, milestone: Milestone) -> Verdict:
    """Say how it stands: for who answers for it while inside, and for who leads the initiative."""
    initiative = milestone.initiative
    owns = milestone.owner_id == actor.person_id and initiative.partnership_id in actor.inside
    verdict = ALLOW if owns else can_lead(actor, initiative)
    return verdict and goes_on(initiative.partnership)


def can_move(actor: Actor, milestone: Milestone, action: str) -> Verdict:
    """The same, where its state allows this."""
    return can_tend(actor, milestone) and states.permits(milestone, action)
