"""Improvement proposals: written, sent in, considered, adopted or rejected, carried out, and begun elsewhere too."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from accounts.models import Person
from core import changes, outbox, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from meetings.mail import proposals as mail
from meetings.models import AdoptionWithdrawal, ImprovementProposal, ProposalAdoption
from meetings.models.proposals import react_by
from meetings.queries.owners import can_answer_for
from meetings.queries.proposals import beginning, is_member, proposes_in, receiving
from meetings.rules import proposals as rules
from meetings.services import agenda
from meetings.services.locks import proposal_under_lock
from partnerships.actors import Actor
from partnerships.models import Organisation

IN_THE_PAST = _("Choose a day that is still to come.")
NOT_THERE = _("Choose someone with a role at this organisation.")
NOBODY_RECEIVES = _("Nobody at this organisation can receive your proposal. Choose another one.")
# What is gone again when an act is taken back.
BLANK: dict[str, dict[str, Any]] = {
    "consider": {"owner": None},
    "adopt": {"answer": ""},
    "reject": {"reject_reason": ""},
    "carry_out": {"outcome": ""},
}


@transaction.atomic
def save(*, proposal: ImprovementProposal, by: Actor, version: str | None) -> ImprovementProposal:
    """Keep what one wrote, new or changed; nobody else reads it until it is sent in."""
    if proposal.pk is not None:
        ensure(rules.can_change(by, proposal_under_lock(proposal.pk)))
    _ensure_takes_part(proposal, by)
    with explained(proposal):
        if proposal.pk is None:
            proposal.author_id = by.person_id
            proposal.save()
            states.record(proposal, "write", after=str(proposal.state), by_id=by.person_id)
        else:
            versions.claim(version, proposal)
            proposal.save()
    return proposal


def _ensure_takes_part(proposal: ImprovementProposal, by: Actor) -> None:
    """The author takes part there, and so does an organisation at which someone receives it."""
    own = proposes_in(by).filter(pk=proposal.partnership_id)
    ensure(rules.can_propose(own))
    if not receiving(own).filter(pk=proposal.organisation_id).exists():
        raise ValidationError({"organisation": NOBODY_RECEIVES})


@transaction.atomic
def submit(*, proposal_id: int, by: Actor, read: str | None) -> ImprovementProposal:
    """Send it in to the organisation, which reacts within its term."""
    proposal = proposal_under_lock(proposal_id)
    if states.is_repeat(proposal, "submit", by=by.person_id):
        return proposal
    ensure(rules.can_submit(by, proposal))
    versions.ensure(read, proposal)
    _ensure_takes_part(proposal, by)
    day = today()
    act = _advance(proposal, "submit", by, day=day, reaction_due=react_by(proposal.partnership, day))
    mail.receiver_proposal_submitted(proposal, act)
    return proposal


@transaction.atomic
def withdraw(*, proposal_id: int, by: Actor, read: str | None) -> ImprovementProposal:
    """Take it back before someone considers it: it can be changed and sent in again, and comes off agendas to come."""
    coming = agenda.coming_with(proposal_id=proposal_id)
    proposal = proposal_under_lock(proposal_id)
    if states.is_repeat(proposal, "withdraw", by=by.person_id):
        return proposal
    ensure(rules.can_withdraw(by, proposal))
    versions.ensure(read, proposal)
    _advance(proposal, "withdraw", by)
    for item in coming:
        agenda.drop(item=item, by=by)
    mail.receiver_proposal_withdrawn(proposal)
    return proposal


@transaction.atomic
def consider(
    *, proposal_id: int, owner: Person, reaction_due: dt.date, by: Actor, read: str | None
) -> ImprovementProposal:
    """Name who considers it, and until when; the author hears both. Raises ValidationError for a day that has passed."""
    proposal = proposal_under_lock(proposal_id)
    if states.is_repeat(proposal, "consider", by=by.person_id):
        return proposal
    ensure(rules.can_consider(by, proposal))
    versions.ensure(read, proposal)
    _ensure_answers(proposal, owner, reaction_due)
    act = _advance(proposal, "consider", by, owner=owner, reaction_due=reaction_due)
    mail.author_proposal_considered(proposal, act, by=by)
    if owner.pk != by.person_id:
        mail.answerer_proposal_given(proposal, act, by=by)
    return proposal


def _ensure_answers(proposal: ImprovementProposal, owner: Person, reaction_due: dt.date) -> None:
    if reaction_due < today():
        raise ValidationError({"reaction_due": IN_THE_PAST})
    if not can_answer_for(proposal.organisation_id).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": NOT_THERE})


@transaction.atomic
def hand_over(
    *, proposal_id: int, owner: Person, reaction_due: dt.date, by: Actor, read: str | None
) -> ImprovementProposal:
    """Let someone else answer, or by another day; the author hears the new day, and who has it from now on."""
    proposal = proposal_under_lock(proposal_id)
    ensure(rules.can_hand_over(by, proposal))
    versions.ensure(read, proposal)
    _ensure_answers(proposal, owner, reaction_due)
    before = (proposal.owner_id, proposal.reaction_due)
    if before == (owner.pk, reaction_due):
        return proposal
    proposal.owner, proposal.reaction_due = owner, reaction_due
    changes.save(proposal, by=by.person_id)
    mail.author_proposal_handed_over(proposal, by=by)
    if owner.pk not in {before[0], by.person_id}:
        mail.answerer_proposal_given(proposal, None, by=by)
    return proposal


@transaction.atomic
def adopt(*, proposal_id: int, answer: str, by: Actor, read: str | None) -> ImprovementProposal:
    """Say that the organisation does it, and how; the author hears it."""
    proposal, act = _react(proposal_id, "adopt", by, read, answer=answer)
    if act is not None:
        mail.author_proposal_adopted(proposal, act, by=by)
    return proposal


@transaction.atomic
def reject(*, proposal_id: int, reason: str, by: Actor, read: str | None) -> ImprovementProposal:
    """Say that the organisation does not do it; the author reads why."""
    proposal, act = _react(proposal_id, "reject", by, read, reason=reason, reject_reason=reason.strip())
    if act is not None:
        mail.author_proposal_rejected(proposal, act, by=by)
    return proposal


@transaction.atomic
def carry_out(*, proposal_id: int, outcome: str, by: Actor, read: str | None) -> ImprovementProposal:
    """Report back that it was done, and what it brought; the author hears it."""
    proposal, act = _react(proposal_id, "carry_out", by, read, outcome=outcome)
    if act is not None:
        mail.author_proposal_carried_out(proposal, act, by=by)
    return proposal


def _react(
    proposal_id: int, action: str, by: Actor, read: str | None, *, reason: str = "", **values: Any
) -> tuple[ImprovementProposal, StateChange | None]:
    """What the organisation says; without an act when this person has just said it."""
    proposal = proposal_under_lock(proposal_id)
    if states.is_repeat(proposal, action, by=by.person_id):
        return proposal, None
    rule = {"adopt": rules.can_adopt, "reject": rules.can_reject, "carry_out": rules.can_carry_out}[action]
    ensure(rule(by, proposal))
    versions.ensure(read, proposal)
    return proposal, _advance(proposal, action, by, reason=reason, **values)


def _advance(
    proposal: ImprovementProposal, action: str, by: Actor, *, reason: str = "", **values: Any
) -> StateChange:
    """Move it, with what is on record of it."""
    before = changes.stored(proposal)
    subject = proposal.author.public_id
    act = states.advance(proposal, action, by=by.person_id, reason=reason, subject=subject, **values)
    changes.record(proposal, before, by=by.person_id, act=act)
    return act


@transaction.atomic
def take_back(*, proposal_id: int, act_id: int, by: Actor) -> ImprovementProposal:
    """Put it back where it was before what the organisation said last; those who heard of that hear this."""
    proposal = proposal_under_lock(proposal_id)
    act = states.act_read(proposal, act_id, by=by.person_id)
    if act is None:
        return proposal
    ensure(rules.can_take_back(by, proposal))
    blank = dict(BLANK.get(act.action, {}))
    if act.action == "consider":
        blank["reaction_due"] = react_by(proposal.partnership, proposal.day)
    before = changes.stored(proposal)
    back = states.take_back(proposal, act, by=by.person_id, **blank)
    changes.record(proposal, before, by=by.person_id, act=back.change)
    letters.taken_back(back.mailed, by=str(back.change.by))
    return proposal


@transaction.atomic
def begin_too(
    *, proposal_id: int, organisation: Organisation, remark: str, by: Actor, read: str | None
) -> ProposalAdoption:
    """Another organisation begins with it: its author and who answers for it at the first hear it.

    Raises ValidationError when it has begun already, or takes no part in the partnership.
    """
    proposal = proposal_under_lock(proposal_id)
    ensure(rules.can_begin_too(by, proposal))
    versions.ensure(read, proposal)
    if organisation.pk not in rules.begins_for(by, proposal) or not is_member(
        organisation, proposal.partnership
    ):
        raise ValidationError({"organisation": NOT_THERE})
    ensure(rules.can_begin_once(beginning([organisation.pk], proposal)))
    adoption = ProposalAdoption(
        proposal=proposal, organisation=organisation, by_id=by.person_id, remark=remark
    )
    with explained(adoption):
        adoption.save()
    act = states.record(
        adoption, "begin", by_id=by.person_id, subject=proposal.author.public_id, after=str(adoption.day)
    )
    mail.author_proposal_begun_elsewhere(adoption, act, by=by)
    mail.answerer_proposal_begun_elsewhere(adoption, act, by=by)
    return adoption


@transaction.atomic
def begin_not(*, adoption_id: int, by: Actor) -> ProposalAdoption:
    """Whoever said by mistake that an organisation begins too takes that back; those who heard of it hear this."""
    proposal = proposal_under_lock(ProposalAdoption.objects.get(pk=adoption_id).proposal_id)
    adoption = ProposalAdoption.objects.select_related("withdrawal").get(pk=adoption_id)
    if hasattr(adoption, "withdrawal"):
        return adoption
    ensure(rules.can_begin_not(by, adoption))
    AdoptionWithdrawal.objects.create(adoption=adoption, by_id=by.person_id)
    act = states.last_act(adoption)
    back = states.record(
        adoption,
        states.UNDO,
        before=str(adoption.day),
        by_id=by.person_id,
        undoes=act,
        subject=proposal.author.public_id,
    )
    if act is not None:
        letters.taken_back(outbox.cancel_about(act), by=str(back.by))
    return adoption
