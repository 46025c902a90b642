"""Mails about people who take part in an initiative: to who leads it, and to the person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.models import InitiativeParticipant
from partnerships.queries.asks import of_person, of_roles
from partnerships.queries.contacts import coordinating
from partnerships.queries.initiative_partners import leading


def party_initiative_person_asked(participant: InitiativeParticipant, act: StateChange) -> None:
    """Someone asks to take part; the link leads to the answer."""
    _to_leading(participant, "partnerships/mail/party_initiative_person_asked.txt", act)


def party_initiative_person_left(participant: InitiativeParticipant, act: StateChange) -> None:
    """Someone took the own yes back."""
    _to_leading(participant, "partnerships/mail/party_initiative_person_left.txt", act)


def person_initiative_answered(participant: InitiativeParticipant, act: StateChange) -> None:
    """Yes, with the way to the inner page; or no, or no longer, and why."""
    initiative = participant.initiative
    says_yes = act.action == "accept"
    page = "initiative-inside" if says_yes else "initiative-participate"
    context: dict[str, Any] = {"says_yes": says_yes, "reason": act.reason}
    letters.to_person(
        participant.person,
        "partnerships/mail/person_initiative_answered.txt",
        link=reverse(f"partnerships:{page}", args=[initiative.slug]),
        signs_in=True,
        about=act,
        ask=of_roles(coordinating(initiative.partnership_id)),
        initiative=initiative,
        **context,
    )


def _to_leading(participant: InitiativeParticipant, template: str, act: StateChange) -> None:
    person = Person.objects.select_related("user").get(pk=participant.person_id)
    for leader in leading(participant.initiative):
        if leader.pk != act.by_id:
            letters.to_person(
                leader,
                template,
                link=participant.get_absolute_url(),
                about=act,
                ask=[of_person(person)],
                initiative=participant.initiative,
                person=person,
            )
