"""Mails about an initiative that a member proposes: to the coordinators, and the answer to who proposed it."""

from __future__ import annotations

from accounts.mail import letters
from core.models import StateChange
from partnerships.models import InitiativeProposal
from partnerships.queries.asks import of_partnership, of_person
from partnerships.queries.people import coordinators_of


def coordinator_initiative_proposed(proposal: InitiativeProposal, act: StateChange) -> None:
    """Someone proposes an initiative; the link leads to it and to the answer."""
    for person in coordinators_of(proposal.partnership_id):
        letters.to_person(
            person,
            "partnerships/mail/coordinator_initiative_proposed.txt",
            link=proposal.get_absolute_url(),
            about=act,
            ask=[of_person(proposal.by, proposal.organisation.name)],
            proposal=proposal,
        )


def proposer_initiative_taken_on(proposal: InitiativeProposal, act: StateChange) -> None:
    """It is an initiative of the partnership now."""
    letters.to_person(
        proposal.by,
        "partnerships/mail/proposer_initiative_taken_on.txt",
        link=proposal.get_absolute_url(),
        about=act,
        ask=of_partnership(proposal.partnership, proposal.organisation),
        proposal=proposal,
    )


def proposer_initiative_declined(proposal: InitiativeProposal, act: StateChange) -> None:
    """No, and why."""
    letters.to_person(
        proposal.by,
        "partnerships/mail/proposer_initiative_declined.txt",
        link=proposal.get_absolute_url(),
        about=act,
        ask=of_partnership(proposal.partnership, proposal.organisation),
        proposal=proposal,
        reason=act.reason,
    )
