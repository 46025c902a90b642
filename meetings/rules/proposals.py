"""Who proposes an improvement, who says what the organisation does with it, and who begins with it too."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import endings, states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from meetings.models import ImprovementProposal, ProposalAdoption
from meetings.models.proposals import RECEIVES
from partnerships.models import Organisation, Partnership
from partnerships.rules.partnerships import goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

ANSWERS = deny(
    _("Only contacts and managers of the organisation, and who answers for it there, can do this.")
)
RECEIVES_IT = deny(_("Only contacts and managers of the organisation can do this."))


def can_propose(partnerships: Collection[Partnership]) -> Verdict:
    """Write a proposal: for whoever studies or takes part in one of these; people with a role raise a need."""
    if not partnerships:
        return deny(_("Only students and others who take part in a partnership can do this."))
    return ALLOW


def _is_own(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    if proposal.author_id != actor.person_id:
        return deny(_("Only the person who wrote this can do this."))
    return ALLOW


def can_change(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Change what one wrote, until it is sent in."""
    return _is_own(actor, proposal) and states.permits(proposal, "submit")


def can_submit(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Send it in, as long as the partnership goes on."""
    return can_change(actor, proposal) and goes_on(proposal.partnership)


def can_withdraw(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Take back what one sent in, until someone considers it."""
    return _is_own(actor, proposal) and states.permits(proposal, "withdraw")


def can_consider(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Say who considers it, and by when there is an answer: for who receives it."""
    own = ALLOW if actor.has_role(proposal.organisation_id, *RECEIVES) else RECEIVES_IT
    return own and states.permits(proposal, "consider")


def can_react(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Speak for the organisation: for the owner with a role there, and for who receives proposals there."""
    owns = proposal.owner_id == actor.person_id and actor.has_role(proposal.organisation_id)
    if owns or actor.has_role(proposal.organisation_id, *RECEIVES):
        return ALLOW
    return ANSWERS


def can_hand_over(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Let someone else answer, or by another day, as long as there is something to do."""
    react = can_react(actor, proposal)
    if react and not (states.allowed(proposal, "adopt") or states.allowed(proposal, "carry_out")):
        return not_now(_("Nobody has anything to do for this proposal now."))
    return react


def can_adopt(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Say that the organisation does it, and how."""
    return can_react(actor, proposal) and states.permits(proposal, "adopt")


def can_reject(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Say that the organisation does not do it, and why."""
    return can_react(actor, proposal) and states.permits(proposal, "reject")


def can_carry_out(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Report back that it was done, and what it brought."""
    return can_react(actor, proposal) and states.permits(proposal, "carry_out")


def can_take_back(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Take back what was said last for the organisation."""
    return can_react(actor, proposal)


def begins_for(actor: Actor, proposal: ImprovementProposal) -> frozenset[int]:
    """The other organisations of the partnership for which the actor can say that they begin too."""
    return frozenset(
        pk
        for pk in actor.organisations(*RECEIVES)
        if pk != proposal.organisation_id and proposal.partnership_id in actor.parts_of(pk)
    )


def can_begin_too(actor: Actor, proposal: ImprovementProposal) -> Verdict:
    """Say that one's own organisation begins with it too, once the first has adopted it."""
    if not begins_for(actor, proposal):
        return deny(_("Only contacts and managers of another member of this partnership can do this."))
    if not proposal.can_spread:
        return not_now(_("Wait until the first organisation has adopted the proposal."))
    return goes_on(proposal.partnership)


def can_begin_once(organisations: Collection[Organisation]) -> Verdict:
    """The same, for whom of one's own organisations has not begun yet; asks nothing about people."""
    return ALLOW if organisations else not_now(_("Your organisation has begun with it already."))


def can_begin_not(actor: Actor, adoption: ProposalAdoption) -> Verdict:
    """Take back that an organisation begins too: for who said it, for two weeks."""
    if adoption.by_id != actor.person_id:
        return deny(_("Only the person who said that the organisation begins can take this back."))
    if today() > adoption.last_day_of_undo:
        return not_now(states.too_late(endings.DAYS))
    return ALLOW
