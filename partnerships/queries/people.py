"""Who works for an organisation in which capacity: asked when a mail is written, in one query for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import COORDINATING
from partnerships.models import Member, Membership

People = dict[int, list[User]]


def people(organisation_ids: Collection[int], roles: Collection[Role], *, may_sign: bool = False) -> People:
    """The people of each organisation who hold one of the roles now and have a working account, each person once.

    `may_sign` leaves only those who sign for the organisation. An organisation without such people is left out.
    """
    held = Membership.objects.running().filter(
        organisation__in=organisation_ids, role__in=roles, user__is_active=True
    )
    if may_sign:
        held = held.filter(may_sign=True)
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for membership in held.select_related("user").order_by("user_id", "pk"):
        found[membership.organisation_id][membership.user_id] = membership.user
    return {organisation: list(users.values()) for organisation, users in found.items()}


def people_of(organisation_id: int, roles: Collection[Role]) -> list[User]:
    """The same for one organisation."""
    return people([organisation_id], roles).get(organisation_id, [])


def coordinators_of(partnership_id: int) -> list[User]:
    """The coordinators at the organisations that lead or coordinate a partnership, with a working account."""
    leading = Member.objects.running().filter(partnership=partnership_id, role__in=COORDINATING)
    memberships = Membership.objects.running().filter(
        role=Role.COORDINATOR, organisation__in=leading.values("organisation")
    )
    return list(User.objects.filter(is_active=True, pk__in=memberships.values("user")).order_by("pk"))
