"""Mails about organisations that join a partnership: to the managers of the one, the coordinators of the other."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.urls import reverse

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.models import JoinRequest
from partnerships.queries.asks import of_partnership
from partnerships.queries.people import coordinators_of, people_of


def manager_join_request_made(request: JoinRequest, *, takes_part: bool) -> None:
    """The organisation is invited, or takes part and is offered another role; the link leads to the answer."""
    _write(
        _managers(request), "partnerships/mail/manager_join_request_made.txt", request, takes_part=takes_part
    )


def coordinator_join_request_made(request: JoinRequest) -> None:
    """An organisation asks to take part; the link leads to the answer."""
    _write(
        coordinators_of(request.partnership_id),
        "partnerships/mail/coordinator_join_request_made.txt",
        request,
    )


def party_join_request_accepted(request: JoinRequest, act: StateChange) -> None:
    """The second yes is there: for whoever asked."""
    _write(_askers(request), "partnerships/mail/party_join_request_accepted.txt", request, about=act)


def party_join_request_declined(request: JoinRequest, act: StateChange) -> None:
    """No, and why: for whoever asked."""
    _write(
        _askers(request),
        "partnerships/mail/party_join_request_declined.txt",
        request,
        about=act,
        reason=act.reason,
    )


def party_join_request_withdrawn(request: JoinRequest, act: StateChange) -> None:
    """The question was taken back: for whoever was asked."""
    _write(_answerers(request), "partnerships/mail/party_join_request_withdrawn.txt", request, about=act)


def party_join_request_expired(request: JoinRequest) -> None:
    """There was no answer in time: for both sides; who is in both reads it once."""
    both = {person.pk: person for person in chain(_askers(request), _answerers(request))}
    _write(list(both.values()), "partnerships/mail/party_join_request_expired.txt", request)


def _managers(request: JoinRequest) -> list[Person]:
    return people_of(request.organisation_id, [Role.MANAGER])


def _askers(request: JoinRequest) -> list[Person]:
    return coordinators_of(request.partnership_id) if request.was_invited else _managers(request)


def _answerers(request: JoinRequest) -> list[Person]:
    return _managers(request) if request.was_invited else coordinators_of(request.partnership_id)


def _write(people: list[Person], template: str, request: JoinRequest, **context: Any) -> None:
    link = reverse("partnerships:join-request", args=[request.public_id])
    ask = of_partnership(request.partnership, request.organisation)
    coordinators = coordinators_of(request.partnership_id)
    for person in people:
        whom = None if person in coordinators else ask
        letters.to_person(person, template, link=link, request=request, ask=whom, **context)
