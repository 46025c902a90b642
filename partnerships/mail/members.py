"""Mails about organisations that leave a partnership, and people who leave a group."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import GroupSeat, Member
from partnerships.queries.people import coordinators_of, people_of


def party_member_left(member: Member, act: StateChange, *, by: Actor) -> None:
    """An organisation left the partnership: for its managers and the other coordinators."""
    people = {
        person.pk: person
        for person in [
            *people_of(member.organisation_id, [Role.MANAGER]),
            *coordinators_of(member.partnership_id),
        ]
    }
    for person in people.values():
        if person.pk != by.person_id:
            letters.to_person(
                person,
                "partnerships/mail/party_member_left.txt",
                link=member.partnership.get_absolute_url(),
                about=act,
                member=member,
                by=act.by,
            )


def manager_member_role_changed(member: Member, *, before: str | Promise, by: Actor) -> None:
    """The organisation takes part in another role, as a coordinator chose: for its other managers."""
    coordinator = Person.objects.select_related("user").get(pk=by.person_id)
    for person in people_of(member.organisation_id, [Role.MANAGER]):
        if person.pk != by.person_id:
            letters.to_person(
                person,
                "partnerships/mail/manager_member_role_changed.txt",
                link=member.partnership.get_absolute_url(),
                member=member,
                before=before,
                by=coordinator,
            )


def person_seat_ended(seat: GroupSeat, act: StateChange) -> None:
    """Someone else ended the seat in a group."""
    letters.to_person(
        seat.person,
        "partnerships/mail/person_seat_ended.txt",
        link=reverse("start"),
        about=act,
        group=seat.group,
        by=act.by,
    )
