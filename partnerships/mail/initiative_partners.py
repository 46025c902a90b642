"""Mails about organisations that take part in an initiative: to who leads it, and to who speaks for the organisation."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.models import InitiativePartner
from partnerships.queries.asks import of_partnership, of_person
from partnerships.queries.initiative_partners import leading, speakers_of
from partnerships.queries.people import people_of


def party_initiative_invited(partner: InitiativePartner, act: StateChange) -> None:
    """The organisation is asked to take part; the link leads to the answer."""
    _write(partner, "partnerships/mail/party_initiative_invited.txt", act, to_initiative=False)


def party_initiative_asked(partner: InitiativePartner, act: StateChange) -> None:
    """An organisation asks to take part; the link leads to the answer."""
    _write(partner, "partnerships/mail/party_initiative_asked.txt", act, to_initiative=True)


def party_initiative_answered(partner: InitiativePartner, act: StateChange, *, to_initiative: bool) -> None:
    """Yes, or no and why: for the side that asked."""
    template = "partnerships/mail/party_initiative_answered.txt"
    _write(partner, template, act, to_initiative=to_initiative, says_yes=act.action == "accept")


def party_initiative_ended(partner: InitiativePartner, act: StateChange, *, to_initiative: bool) -> None:
    """The question was taken back, or an organisation takes part no longer, and why: for the other side."""
    template = "partnerships/mail/party_initiative_ended.txt"
    _write(partner, template, act, to_initiative=to_initiative, had_joined=act.action == "leave")


def _speaking(partner: InitiativePartner) -> list[Person]:
    """The contact person who still speaks for the organisation, or else its managers and contact persons."""
    if partner.contact is not None and speakers_of(partner.organisation_id).contains(partner.contact):
        return [partner.contact]
    return people_of(partner.organisation_id, [Role.MANAGER, Role.CONTACT])


def _write(
    partner: InitiativePartner, template: str, act: StateChange, *, to_initiative: bool, **context: Any
) -> None:
    initiative = partner.initiative
    if to_initiative:
        people = leading(initiative)
        ask = [of_person(person, partner.organisation.name) for person in _speaking(partner)[:1]]
    else:
        people = _speaking(partner)
        ask = of_partnership(initiative.partnership, partner.organisation)
    for person in people:
        if person.pk != act.by_id:
            letters.to_person(
                person,
                template,
                link=partner.get_absolute_url(),
                about=act,
                ask=ask,
                partner=partner,
                reason=act.reason,
                to_initiative=to_initiative,
                **context,
            )
