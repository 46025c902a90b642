"""Whom the reader of a mail asks, with what that person shows to the people one works with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from accounts.models import Person
from core.mail import Ask
from partnerships.models import Call, Member, Membership, Organisation, Partnership, PointOfContact
from partnerships.models.contacts import card_of
from partnerships.queries.contacts import coordinating, holding, points_of, with_cards
from partnerships.roles import EMPLOYER_PARTY


def of_person(
    person: Person,
    line: str = "",
    *,
    shared: bool = True,
    member: bool = True,
    point: PointOfContact | None = None,
) -> Ask:
    """One person, as far as shown to this reader; a point of contact also by the own yes to that.

    `shared` says whether the two work together, `member` whether the reader has a role in the portal at all.
    """
    card = card_of(person)
    shows_email = card.shows("email", shared=shared, member=member) or (
        point is not None and point.shows_email
    )
    shows_phone = card.shows("phone", shared=shared, member=member) or (
        point is not None and point.shows_phone
    )
    return Ask(
        person.full_name,
        line=line,
        email=person.address if shows_email else "",
        phone=person.phone if shows_phone else "",
        person_id=person.pk,
    )


def of_roles(rows: Iterable[Membership]) -> list[Ask]:
    """People in their roles, loaded with person, card and organisation."""
    return [of_person(row.person, f"{row.get_role_display()}, {row.organisation.name}") for row in rows]


def of_points(points: Iterable[PointOfContact], *, shared: bool = True, member: bool = True) -> list[Ask]:
    """Points of contact, loaded `for_list`, as this reader sees them."""
    return [
        of_person(point.person, point.membership.organisation.name, shared=shared, member=member, point=point)
        for point in points
    ]


def of_partnership(partnership: Partnership, organisation: Organisation) -> list[Ask]:
    """Whom people of an organisation ask about a partnership: its points of contact.

    Who takes part in it asks its coordinators where nobody is named.
    """
    of_both = Member.objects.running().filter(partnership=partnership, organisation=organisation)
    inside = of_both.exists()
    found = of_points(points_of(partnership=partnership), shared=inside)
    return found or (of_roles(coordinating(partnership.pk)) if inside else [])


def of_call(call: Call) -> list[Ask]:
    """The points of contact of a call, or of its partnership, with what a visitor reads of them on its page."""
    return of_points(points_of(call=call, partnership=call.partnership), shared=False, member=False)


def of_employer(organisation_id: int) -> list[Ask]:
    """Who speaks for an employer: its contact persons, then its practice trainers."""
    return of_roles(holding([organisation_id], EMPLOYER_PARTY))


def of_own_organisation(reader: Person) -> list[Ask]:
    """The points of contact and the managers of the reader's own organisations."""
    own = Membership.objects.running().filter(person=reader).values("organisation")
    named = PointOfContact.objects.running().filter(organisation__in=own).exclude(membership__person=reader)
    known = Exists(named.filter(membership=OuterRef("pk")))
    managers = Q(organisation__in=own, role=Role.MANAGER)
    known_to = Membership.objects.filter(managers | known).exclude(person=reader)
    rows: list[Any] = list(with_cards(known_to.annotate(is_named=known)))
    # Mostly nobody is named, and what such a point shows is not looked for.
    return of_points(named.for_list()) if any(row.is_named for row in rows) else of_roles(rows)
