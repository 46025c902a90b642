"""What can be done with the conditions under which an employer pledged its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import states
from core.access import Verdict
from partnerships.models import PledgeCondition, SignUp
from partnerships.rules.partnerships import can_coordinate
from partnerships.rules.sign_ups import stands

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_add_condition(actor: Actor, sign_up: SignUp) -> Verdict:
    """Write down a condition: for the coordinators, as long as the employer takes part."""
    return can_coordinate(actor, sign_up.call.partnership) and stands(sign_up)


def can_settle_condition(actor: Actor, condition: PledgeCondition, action: str) -> Verdict:
    """Note that a condition is met or is not: for the coordinators, once."""
    return can_coordinate(actor, condition.sign_up.call.partnership) and states.permits(condition, action)
