"""A member proposes an initiative; it becomes one, or not, with the reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from accounts.models import Person
from core import outbox, states, versions
from core.access import ensure
from core.dates import today
from core.slugs import save_with_slug
from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.mail import initiative_proposals as mail
from partnerships.models import Initiative, InitiativeProposal, Partnership
from partnerships.queries.organisations import is_member
from partnerships.queries.people import coordinators_of
from partnerships.rules import initiative_proposals as rules

MOST_OPEN = 5  # of one person: each is a mail to every coordinator
PROPOSED = "propose"
TEXTS = ("title", "kind", "summary", "question", "aim", "partners_wanted", "success_measure")
DAYS = ("starts_on", "ends_on")


@transaction.atomic
def propose(
    *, partnership_id: int, organisation_id: int, by: Actor, values: dict[str, Any]
) -> InitiativeProposal:
    """Bring an initiative in and tell the coordinators (story E-02); the same one that waits is given back as it is.

    `values` are the fields of the form. Raises ValidationError for whoever has too many waiting.
    """
    # Two presses, one proposal.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person_id)
    partnership = Partnership.objects.get(pk=partnership_id)
    ensure(rules.can_propose(by, partnership, organisation_id))
    own = InitiativeProposal.objects.open().filter(by=by.person_id, partnership=partnership)
    known = own.filter(organisation=organisation_id, title=values["title"]).first()
    if known is not None:
        return known
    if own.count() >= MOST_OPEN:
        raise ValidationError(
            _("Five of your proposals wait for an answer. Wait until one has been answered.")
        )
    proposal = InitiativeProposal.objects.create(
        partnership=partnership, organisation_id=organisation_id, by_id=by.person_id, **values
    )
    act = states.record(proposal, PROPOSED, after=proposal.state, by_id=by.person_id)
    mail.coordinator_initiative_proposed(proposal, act)
    return proposal


@transaction.atomic
def take_on(*, proposal_id: int, by: Actor, read: str | None) -> Initiative:
    """Make an initiative of a proposal, still an idea and not public; who proposed it owns it, and hears.

    Done again by the same person it gives the one that was made. Raises ValidationError when another has the title.
    """
    proposal = _locked(proposal_id)
    if states.is_repeat(proposal, "take_on", by=by.person_id) and proposal.initiative is not None:
        return proposal.initiative
    takes_part = is_member(proposal.organisation, proposal.partnership)
    ensure(rules.can_take_on(by, proposal, is_member=takes_part))
    versions.ensure(read, proposal)
    initiative = Initiative(
        partnership=proposal.partnership,
        state=InitiativePhase.IDEA,
        provinces=proposal.partnership.provinces,
        owner=proposal.by,
        **{name: getattr(proposal, name) for name in (*TEXTS, *DAYS)},
    )
    save_with_slug(initiative, initiative.title)
    initiative.partners.create(organisation=proposal.organisation, starts_on=today(), contact=proposal.by)
    act = states.advance(proposal, "take_on", by=by.person_id, initiative=initiative)
    mail.proposer_initiative_taken_on(proposal, act)
    return initiative


@transaction.atomic
def decline(*, proposal_id: int, reason: str, by: Actor, read: str | None) -> InitiativeProposal:
    """Say no, with the reason that the proposer reads. Done again by the same person it changes nothing."""
    proposal = _locked(proposal_id)
    if states.is_repeat(proposal, "decline", by=by.person_id):
        return proposal
    ensure(rules.can_answer(by, proposal))
    versions.ensure(read, proposal)
    act = states.advance(proposal, "decline", by=by.person_id, reason=reason)
    mail.proposer_initiative_declined(proposal, act)
    return proposal


@transaction.atomic
def withdraw(*, proposal_id: int, by: Actor, read: str | None) -> InitiativeProposal:
    """Take one's own proposal back before there is an answer. Done again it changes nothing.

    Coordinators who were mailed about it hear; a mail that still waits is not sent.
    """
    proposal = _locked(proposal_id)
    if states.is_repeat(proposal, "withdraw", by=by.person_id):
        return proposal
    ensure(rules.can_withdraw(by, proposal))
    versions.ensure(read, proposal)
    states.advance(proposal, "withdraw", by=by.person_id)
    coordinators = coordinators_of(proposal.partnership_id)
    for proposed in states.history(proposal).filter(action=PROPOSED):
        letters.taken_back(outbox.cancel_about(proposed), by=proposal.by.full_name, among=coordinators)
    return proposal


def _locked(proposal_id: int) -> InitiativeProposal:
    rows = InitiativeProposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "organisation", "by__user", "initiative").get(pk=proposal_id)
