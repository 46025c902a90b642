"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest

from partnerships.enums import COORDINATING, Role
from partnerships.models import Member, Membership, Seat

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Grant:
    """One running membership, as far as rules need it."""

    membership_id: int
    organisation_id: int
    role: Role
    may_consent: bool
    may_sign: bool


@dataclass(frozen=True)
class Actor:
    """A signed-in person with everything access depends on; never anonymous.

    `coordinates` holds the ids of partnerships in which an organisation where the person is coordinator is lead or
    coordinating body; `takes_part` those in which any of the person's organisations is a running member, `provinces`
    the provinces of those.
    """

    user_id: int
    is_staff: bool
    grants: tuple[Grant, ...]
    coordinates: frozenset[int]
    takes_part: frozenset[int]
    provinces: frozenset[str]
    groups: frozenset[int]

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Ids of organisations in which the actor holds one of the roles (any role when none is named)."""
        return frozenset(grant.organisation_id for grant in self.grants if not roles or grant.role in roles)

    def has_role(self, organisation_id: int | None, *roles: Role) -> bool:
        return organisation_id is not None and organisation_id in self.organisations(*roles)

    def memberships(self, *roles: Role) -> frozenset[int]:
        """Ids of the actor's memberships with one of the roles (any when none is named)."""
        return frozenset(grant.membership_id for grant in self.grants if not roles or grant.role in roles)

    @property
    def partnerships(self) -> frozenset[int]:
        """Ids of the partnerships that the actor coordinates."""
        return self.coordinates

    @property
    def member_partnerships(self) -> frozenset[int]:
        """Ids of the partnerships in which an organisation of the actor takes part."""
        return self.takes_part

    @cached_property
    def employer_organisations(self) -> frozenset[int]:
        """Organisations for which the actor is the employer party: contacts and practice trainers (product.md)."""
        return self.organisations(Role.CONTACT, Role.PRACTICE_TRAINER)

    @cached_property
    def signs_for(self) -> frozenset[int]:
        """Organisations for which the actor may sign agreements."""
        return frozenset(grant.organisation_id for grant in self.grants if grant.may_sign)

    @cached_property
    def consenting_memberships(self) -> frozenset[int]:
        """Supervisor memberships that may agree to goals of own students."""
        return frozenset(
            grant.membership_id
            for grant in self.grants
            if grant.role == Role.SUPERVISOR and grant.may_consent
        )


class ActorRequest(HttpRequest):
    """A request of a signed-in person, as the middleware leaves it."""

    actor: Actor
    user: User  # type: ignore[assignment]


def actor_of(user: User) -> Actor:
    """Read the grants, partnerships and seats of a signed-in user (three queries).

    Raises ValueError for anonymous users: `Q(user=None)` would match rows of people without an account.
    """
    if not user.is_authenticated:
        raise ValueError("An actor is always a signed-in person.")
    grants = tuple(
        Grant(pk, organisation_id, Role(role), may_consent, may_sign)
        for pk, organisation_id, role, may_consent, may_sign in Membership.objects.running()
        .filter(user=user)
        .order_by("pk")
        .values_list("pk", "organisation_id", "role", "may_consent", "may_sign")
    )
    member_rows = ()
    if grants:
        member_rows = tuple(
            Member.objects.running()
            .filter(organisation__in={grant.organisation_id for grant in grants})
            .order_by("pk")
            .values_list("organisation_id", "partnership_id", "role", "partnership__provinces")
        )
    coordinating_for = {grant.organisation_id for grant in grants if grant.role == Role.COORDINATOR}
    return Actor(
        user_id=user.pk,
        is_staff=user.is_staff,
        grants=grants,
        coordinates=frozenset(
            partnership_id
            for organisation_id, partnership_id, role, _provinces in member_rows
            if organisation_id in coordinating_for and role in COORDINATING
        ),
        takes_part=frozenset(partnership_id for _, partnership_id, _, _ in member_rows),
        provinces=frozenset(province for *_, provinces in member_rows for province in provinces),
        groups=frozenset(Seat.objects.running().filter(user=user).values_list("group_id", flat=True)),
    )
