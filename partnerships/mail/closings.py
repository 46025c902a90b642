"""Mails about groups, partnerships and locations that are closed."""

from __future__ import annotations

from django.urls import reverse

from accounts.enums import Role
from accounts.mail import letters
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Group, GroupSeat, Location, Member, Partnership
from partnerships.queries.people import coordinators_of, people, people_of
from partnerships.roles import KEEPS_SLOTS


def people_group_closed(group: Group, act: StateChange, *, by: Actor) -> None:
    """A group was closed: for everyone who sits in it but whoever did it."""
    for seat in GroupSeat.objects.running().filter(group=group).for_list():
        if seat.person_id != by.person_id:
            letters.to_person(
                seat.person,
                "partnerships/mail/people_group_closed.txt",
                link=reverse("start"),
                about=act,
                group=group,
                by=act.by,
            )


def parties_partnership_closed(partnership: Partnership, act: StateChange, *, by: Actor) -> None:
    """A partnership was closed: for the managers of its members and the other coordinators, each once."""
    members = Member.objects.running().filter(partnership=partnership).values_list("organisation", flat=True)
    managers = people(list(members), [Role.MANAGER]).values()
    told = {person.pk: person for group in [*managers, coordinators_of(partnership.pk)] for person in group}
    for person in told.values():
        if person.pk != by.person_id:
            letters.to_person(
                person,
                "partnerships/mail/parties_partnership_closed.txt",
                link=partnership.get_absolute_url(),
                about=act,
                partnership=partnership,
                by=act.by,
            )


def people_location_closed(location: Location, act: StateChange, *, by: Actor) -> None:
    """A location was closed: for who keeps the places of its organisation, but whoever did it."""
    for person in people_of(location.organisation_id, KEEPS_SLOTS):
        if person.pk != by.person_id:
            letters.to_person(
                person,
                "partnerships/mail/people_location_closed.txt",
                link=reverse("partnerships:location-list", args=[location.organisation.slug]),
                about=act,
                location=location,
                by=act.by,
            )
