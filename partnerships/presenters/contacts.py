"""People as a page names them, each with what that person shows to who reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Person
from partnerships.actors import Actor
from partnerships.enums import PointOfContactState
from partnerships.models import Call, Initiative, Membership, Organisation, Partnership, PointOfContact
from partnerships.models.contacts import PointOfContactQuerySet, card_of
from partnerships.queries import contacts
from ui.components import PartyName, PersonCard
from ui.languages import dutch

MOST_HELPERS = 3
AT = _("{role}, {organisation}")


def initials(person: Person) -> str:
    """The first letters of first and family name."""
    return "".join(part[:1] for part in (person.first_name, person.last_name)).upper()


def card(
    person: Person,
    *,
    line: str | Promise = "",
    party: PartyName | None = None,
    shared: bool = True,
    member: bool = True,
    public: PointOfContact | None = None,
) -> PersonCard:
    """What this person shows to one reader.

    `shared` says whether the two work together: in a partnership, an organisation, or on one student. `member` whether
    the reader has a role in the portal at all. `public` is the yes by which a name stands on a page for everyone.
    """
    chosen = card_of(person)
    seen = partial(chosen.shows, shared=shared, member=member)
    own = dutch(chosen.line) if chosen.line and seen("line") else ""
    shows_email = seen("email") or (public is not None and public.shows_email)
    shows_phone = seen("phone") or (public is not None and public.shows_phone)
    return PersonCard(
        name=person.full_name,
        initials=initials(person),
        line=format_html("{line}; {own}", line=line, own=own) if own and line else own or line,
        email=person.address if shows_email else "",
        phone=person.phone if shows_phone else "",
        party=party,
    )


def of_membership(row: Membership, *, shared: bool = True, member: bool = True, **more: Any) -> PersonCard:
    """Someone in a role, loaded with person, card and organisation."""
    organisation, role = row.organisation, Role(row.role)
    party: PartyName | None = None
    if role not in {Role.COORDINATOR, Role.COLLEAGUE}:
        party = "school" if organisation.is_school else "employer" if organisation.is_employer else None
    line = format_lazy(AT, role=role.label, organisation=organisation.name)
    return card(row.person, line=line, party=party, shared=shared, member=member, **more)


def of_points(points: Iterable[PointOfContact], actor: Actor | None) -> list[PersonCard]:
    """Points of contact, loaded `for_list`, as this reader sees them; a visitor has no actor."""
    return [
        of_membership(
            point.membership,
            shared=shares(actor, point.membership.organisation_id, point.partnership_ids),
            member=is_member(actor),
            public=point,
        )
        for point in points
    ]


def shares(actor: Actor | None, organisation_id: int, partnership_ids: Iterable[int]) -> bool:
    """Whether the reader works with people of an organisation that takes part in these partnerships."""
    if actor is None:
        return False
    return organisation_id in actor.organisations() or not actor.inside.isdisjoint(partnership_ids)


def is_member(actor: Actor | None) -> bool:
    """Whether the reader has a role in an organisation, or a seat in a group."""
    return actor is not None and bool(actor.held or actor.groups)


def of_partnership(partnership: Partnership, actor: Actor | None) -> list[PersonCard]:
    """Whom one asks about a partnership: its points of contact; inside, its coordinators where nobody is named."""
    found = of_points(contacts.points_of(partnership=partnership), actor)
    return found or _coordinators(partnership.pk, actor)


def of_call(call: Call, actor: Actor | None) -> list[PersonCard]:
    """Whom one asks about a call: its points of contact, else those of its partnership."""
    found = of_points(contacts.points_of(call=call, partnership=call.partnership), actor)
    return found or _coordinators(call.partnership_id, actor)


def of_initiative(initiative: Initiative, actor: Actor | None) -> list[PersonCard]:
    """Whom one asks about an initiative: its points of contact, else those of its partnership."""
    found = of_points(contacts.points_of(initiative=initiative, partnership=initiative.partnership), actor)
    return found or _coordinators(initiative.partnership_id, actor)


def of_organisation(organisation: Organisation, actor: Actor | None) -> list[PersonCard]:
    """Whom one asks at an organisation: who said yes to that."""
    return of_points(contacts.points_of(organisation=organisation), actor)


def _coordinators(partnership_id: int, actor: Actor | None) -> list[PersonCard]:
    if actor is None or partnership_id not in actor.inside:
        return []
    return [of_membership(row) for row in contacts.coordinating(partnership_id)]


def of_beginner(
    actor: Actor, organisation_ids: Collection[int], partnership_ids: Collection[int]
) -> list[PersonCard]:
    """Who helps someone to begin: managers there and coordinators, but for the reader."""
    rows = contacts.helping(organisation_ids, partnership_ids)
    return [of_membership(row) for row in rows if row.person_id != actor.person_id][:MOST_HELPERS]


@dataclass(frozen=True)
class NamedRow:
    """Someone who was asked to be point of contact, or is one."""

    point: PointOfContact

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return "done" if self.point.state == PointOfContactState.AGREED else "wait"


def named_context(points: PointOfContactQuerySet) -> dict[str, Any]:
    """Who is named here, for those who name people: also who still has to answer."""
    return {"rows": [NamedRow(point) for point in points.live().for_list()]}
