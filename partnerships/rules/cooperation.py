"""Who writes, asks, signs and withdraws a version of the cooperation agreement of a partnership (docs/domain.md 2)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from partnerships.models import CooperationParty, CooperationVersion, Partnership
from partnerships.models.cooperation import FEWEST_PARTIES, HAS_SIGNED, ONE_OPEN, STANDS
from partnerships.rules.memberships import NOT_A_MANAGER
from partnerships.rules.partnerships import can_coordinate, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

NOT_INSIDE = not_now(
    _("This organisation does not take part any more. Withdraw this version and make a new one.")
)


def can_begin(actor: Actor, partnership: Partnership, *, has_open: bool) -> Verdict:
    """Make a next version: for coordinators, one at a time; `has_open`: whether one is written or waits."""
    verdict = can_coordinate(actor, partnership) and goes_on(partnership)
    return not_now(ONE_OPEN) if verdict and has_open else verdict


def can_change(actor: Actor, version: CooperationVersion) -> Verdict:
    """Change a draft."""
    verdict = can_coordinate(actor, version.partnership) and goes_on(version.partnership)
    return not_now(STANDS) if verdict and not version.is_draft else verdict


def can_discard(actor: Actor, version: CooperationVersion) -> Verdict:
    """Throw a draft away, also when the partnership is over."""
    verdict = can_coordinate(actor, version.partnership)
    return not_now(STANDS) if verdict and not version.is_draft else verdict


def can_ask(actor: Actor, version: CooperationVersion, *, parties: int) -> Verdict:
    """Put a draft up for signature; `parties`: how many organisations are to sign it."""
    verdict = can_coordinate(actor, version.partnership) and goes_on(version.partnership)
    verdict = verdict and states.permits(version, "ask")
    if verdict and parties < FEWEST_PARTIES:
        return not_now(_("Choose first which organisations sign: two at least."))
    return verdict


def can_withdraw(actor: Actor, version: CooperationVersion) -> Verdict:
    """Take it back before everyone has signed."""
    return can_coordinate(actor, version.partnership) and states.permits(version, "withdraw")


def can_record(actor: Actor, version: CooperationVersion, party: CooperationParty) -> Verdict:
    """Write down what an organisation signed on paper: for coordinators."""
    return can_coordinate(actor, version.partnership) and _waits_for(version, party)


def can_sign(actor: Actor, version: CooperationVersion, party: CooperationParty) -> Verdict:
    """Sign in the portal: for a manager of the organisation, for that organisation alone."""
    if not actor.has_role(party.organisation_now, Role.MANAGER):
        return deny(NOT_A_MANAGER)
    return _waits_for(version, party)


def is_of_the_past(day: dt.date) -> Verdict:
    """A signature on paper is of a day that has come."""
    if day > today():
        return not_now(_("This day is still to come. Give the day on which the organisation signed."))
    return ALLOW


def _waits_for(version: CooperationVersion, party: CooperationParty) -> Verdict:
    verdict = goes_on(version.partnership) and states.permits(version, "sign")
    return not_now(HAS_SIGNED) if verdict and party.signed is not None else verdict
