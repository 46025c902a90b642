"""Who can be asked about something, with what each shows: in one query, whatever it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Q, QuerySet, When

from accounts.enums import Role
from core.lookups import keys_of
from core.written import written
from partnerships.enums import COORDINATING, InitiativePhase
from partnerships.models import Member, Membership, Organisation, Partnership, PointOfContact
from partnerships.models.memberships import MembershipQuerySet

OVER = (InitiativePhase.FINISHED, InitiativePhase.STOPPED)


def points_of(**of: Any) -> list[PointOfContact]:
    """The points of contact of the first of these things that has any: `points_of(call=call, partnership=partnership)`.

    All in one query, whichever it is.
    """
    condition = Q()
    for name, thing in of.items():
        condition |= Q(**{name: thing})
    found = list(PointOfContact.objects.running().filter(condition).for_list())
    for name, thing in of.items():
        if own := [point for point in found if getattr(point, f"{name}_id") == thing.pk]:
            return own
    return []


def owning_or_coordinating(
    partnership_id: int, owners: Collection[int]
) -> tuple[dict[int, Membership], list[Membership]]:
    """The first role of each of these people at the members of a partnership, and its coordinators. One query."""
    members = Member.objects.running().filter(partnership=partnership_id)
    owns = Q(person__in=sorted(owners), organisation__in=keys_of(members, "organisation"))
    coordinates = _coordinates([partnership_id])
    marked = Membership.objects.filter(owns | coordinates).annotate(
        coordinates=Case(When(coordinates, then=True), default=False)
    )
    rows = list(with_cards(marked))
    owning = each_once([row for row in rows if row.person_id in owners], list(Role))
    coordinators: list[Any] = list(rows)
    return {row.person_id: row for row in owning}, [row for row in coordinators if row.coordinates]


def coordinating(partnership_id: int) -> list[Membership]:
    """The coordinators of a partnership, with what they show."""
    return list(with_cards(Membership.objects.filter(_coordinates([partnership_id]))))


def helping(organisation_ids: Collection[int], partnership_ids: Collection[int]) -> list[Membership]:
    """Whom a beginner asks: managers of these organisations, then coordinators of these partnerships; each once."""
    managing = Q(role=Role.MANAGER, organisation__in=organisation_ids)
    rows = Membership.objects.filter(managing | _coordinates(partnership_ids))
    return each_once(with_cards(rows), [Role.MANAGER, Role.COORDINATOR])


def _coordinates(partnership_ids: Collection[int]) -> Q:
    leading = Member.objects.running().filter(partnership__in=partnership_ids, role__in=COORDINATING)
    return Q(role=Role.COORDINATOR, organisation__in=ArraySubquery(leading.values("organisation")))


def holding(organisation_ids: Collection[int], roles: Collection[Role]) -> list[Membership]:
    """The people of organisations with one of these roles, with what they show; each once, in the role named first."""
    return each_once(_holding(tuple(roles), organisations=list(organisation_ids)), roles)


@written
def _holding(roles: tuple[Role, ...], *, organisations: Collection[int]) -> QuerySet[Membership]:
    return with_cards(Membership.objects.filter(organisation__in=organisations, role__in=roles))


@written
def with_these_roles(*, roles: Collection[int]) -> QuerySet[Membership]:
    """Those of these roles, by their keys, whose holder is able to act, with what they show."""
    return with_cards(Membership.objects.filter(pk__in=roles))


def each_once(rows: Iterable[Membership], roles: Collection[Role]) -> list[Membership]:
    """Each person once, by the order of the roles."""
    order = {role: number for number, role in enumerate(roles)}
    found: dict[int, Membership] = {}
    for row in sorted(rows, key=lambda row: order[Role(row.role)]):
        found.setdefault(row.person_id, row)
    return list(found.values())


def with_cards(rows: MembershipQuerySet) -> MembershipQuerySet:
    """Roles of people who are able to act, with person, organisation and card loaded, by name."""
    able = rows.able().select_related("person__user", "person__contact_card", "organisation")
    return able.order_by("person__sort_name", "pk")


def to_name_in(partnership: Partnership) -> MembershipQuerySet:
    """Who can be named for a partnership: people of its members."""
    members = Member.objects.running().filter(partnership=partnership)
    return _to_name(Q(organisation__in=keys_of(members, "organisation")))


def to_name_at(organisation: Organisation) -> MembershipQuerySet:
    """Who can be named for an organisation: its own people."""
    return _to_name(Q(organisation=organisation))


def _to_name(condition: Q) -> MembershipQuerySet:
    return Membership.objects.able().filter(condition).for_list()


def things_in(partnership: Partnership) -> list[Any]:
    """What people can be named for in a partnership: itself, its calls that are open, its initiatives that go on."""
    going_on = partnership.initiatives.exclude(state__in=OVER).by_title()
    return [partnership, *partnership.calls.open().for_list(), *going_on]
