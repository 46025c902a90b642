"""Who proposes an initiative, who answers, and who takes the proposal back (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.models import InitiativeProposal, Partnership
from partnerships.roles import BRINGS_INITIATIVES
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

NOT_A_PARTY = deny(
    _(
        "Only managers, contact persons, practice trainers, teachers and coordinators of an organisation that takes part "
        "can propose an initiative."
    )
)


def can_propose_in(actor: Actor, partnership: Partnership) -> Verdict:
    """Propose an initiative for any own organisation that takes part in the partnership."""
    if partnership.pk not in actor.takes_part_as(*BRINGS_INITIATIVES):
        return NOT_A_PARTY
    return goes_on(partnership)


def can_propose(actor: Actor, partnership: Partnership, organisation_id: int) -> Verdict:
    """Propose one in the name of this organisation."""
    speaks = actor.has_role(organisation_id, *BRINGS_INITIATIVES)
    if not speaks or partnership.pk not in actor.parts_of(organisation_id):
        return NOT_A_PARTY
    return goes_on(partnership)


def can_list(actor: Actor, partnership: Partnership) -> Verdict:
    """See the own proposals, or all of a partnership that one writes for; also when it has ended."""
    proposes = partnership.pk in actor.takes_part_as(*BRINGS_INITIATIVES)
    return ALLOW if proposes or can_write(actor, partnership) else NOT_A_PARTY


def can_answer(actor: Actor, proposal: InitiativeProposal) -> Verdict:
    """Take it on or decline: for who writes for the partnership, as long as it waits."""
    return can_write(actor, proposal.partnership) and states.permits(proposal, "decline")


def can_take_on(actor: Actor, proposal: InitiativeProposal, *, is_member: bool) -> Verdict:
    """Make an initiative of it; `is_member`: whether the organisation still takes part."""
    verdict = can_answer(actor, proposal) and goes_on(proposal.partnership)
    if verdict and not is_member:
        return not_now(_("This organisation no longer takes part in the partnership."))
    return verdict


def can_withdraw(actor: Actor, proposal: InitiativeProposal) -> Verdict:
    """Take it back: for who proposed it, as long as it waits."""
    if proposal.by_id != actor.person_id:
        return deny(_("Only the person who proposed it can do this."))
    return states.permits(proposal, "withdraw")
