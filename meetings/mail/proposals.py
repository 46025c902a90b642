"""Mails about improvement proposals: to who receives and answers them, and to the author at every step."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from meetings.models import ImprovementProposal, ProposalAdoption
from meetings.models.proposals import RECEIVES
from meetings.queries.owners import can_answer_for
from partnerships.actors import Actor
from partnerships.queries.people import people_of


def receiver_proposal_submitted(proposal: ImprovementProposal, act: StateChange) -> None:
    """A proposal came in, for contacts and managers of the organisation."""
    template, link = "meetings/mail/receiver_proposal_submitted.txt", proposal.get_absolute_url()
    _to_receivers(proposal, template, link, about=act)


def receiver_proposal_withdrawn(proposal: ImprovementProposal) -> None:
    """Its author took it back, so nobody has to react."""
    link = reverse("meetings:proposal-list", args=[proposal.partnership.slug])
    _to_receivers(proposal, "meetings/mail/receiver_proposal_withdrawn.txt", link)


def _to_receivers(
    proposal: ImprovementProposal, template: str, link: str, about: StateChange | None = None
) -> None:
    for person in people_of(proposal.organisation_id, RECEIVES):
        letters.to_person(
            person,
            template,
            link=link,
            about=about,
            signs_in=True,
            proposal=proposal,
            by=proposal.author,
        )


def answerer_proposal_given(proposal: ImprovementProposal, act: StateChange | None, *, by: Actor) -> None:
    """Someone else said that this person answers."""
    if proposal.owner is not None:
        _tell(proposal.owner, proposal, "meetings/mail/answerer_proposal_given.txt", act, by)


def author_proposal_considered(proposal: ImprovementProposal, act: StateChange, *, by: Actor) -> None:
    """Who considers it, and by when there is an answer."""
    _tell(proposal.author, proposal, "meetings/mail/author_proposal_considered.txt", act, by)


def author_proposal_handed_over(proposal: ImprovementProposal, *, by: Actor) -> None:
    """Someone else answers, or by another day."""
    _tell(proposal.author, proposal, "meetings/mail/author_proposal_handed_over.txt", None, by)


def author_proposal_adopted(proposal: ImprovementProposal, act: StateChange, *, by: Actor) -> None:
    """The organisation does it."""
    _tell(proposal.author, proposal, "meetings/mail/author_proposal_adopted.txt", act, by)


def author_proposal_rejected(proposal: ImprovementProposal, act: StateChange, *, by: Actor) -> None:
    """The organisation does not do it, and why."""
    _tell(proposal.author, proposal, "meetings/mail/author_proposal_rejected.txt", act, by)


def author_proposal_carried_out(proposal: ImprovementProposal, act: StateChange, *, by: Actor) -> None:
    """It was done, and what it brought."""
    _tell(proposal.author, proposal, "meetings/mail/author_proposal_carried_out.txt", act, by)


def author_proposal_begun_elsewhere(adoption: ProposalAdoption, act: StateChange, *, by: Actor) -> None:
    """Another organisation begins with it too."""
    proposal, template = adoption.proposal, "meetings/mail/author_proposal_begun_elsewhere.txt"
    _tell(proposal.author, proposal, template, act, by, adoption=adoption)


def answerer_proposal_begun_elsewhere(adoption: ProposalAdoption, act: StateChange, *, by: Actor) -> None:
    """The same, for who answers for it at the first and still works there."""
    proposal, owner = adoption.proposal, adoption.proposal.owner
    if owner is None or owner.pk == proposal.author_id:
        return
    if can_answer_for(proposal.organisation_id).contains(owner):
        template = "meetings/mail/answerer_proposal_begun_elsewhere.txt"
        _tell(owner, proposal, template, act, by, adoption=adoption)


def _tell(
    person: Person,
    proposal: ImprovementProposal,
    template: str,
    act: StateChange | None,
    by: Actor,
    **more: Any,
) -> None:
    if person.pk == by.person_id:
        return
    actor = Person.objects.select_related("user").get(pk=by.person_id)
    letters.to_person(
        person,
        template,
        link=proposal.get_absolute_url(),
        about=act,
        signs_in=True,
        proposal=proposal,
        by=actor,
        **more,
    )
