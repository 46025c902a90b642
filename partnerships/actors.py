"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from partnerships.enums import COORDINATING, OrganisationKind, Role
from partnerships.models import Member, Membership, Seat

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Grant:
    """One running membership, as far as rules and the navigation need it."""

    membership_id: int
    organisation_id: int
    role: Role
    may_consent: bool
    may_sign: bool
    slug: str
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class Coordinated:
    """A partnership that the actor coordinates."""

    partnership_id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Actor:
    """A signed-in person with everything access depends on; never anonymous.

    `coordinated` holds the partnerships in which an organisation where the person is coordinator is lead or
    coordinating body; `takes_part` those in which any of the person's organisations is a running member, `provinces`
    the provinces of those.
    """

    user_id: int
    is_staff: bool
    grants: tuple[Grant, ...]
    coordinated: tuple[Coordinated, ...]
    takes_part: frozenset[int]
    provinces: frozenset[str]
    groups: frozenset[int]
    # (organisation, partnership, provinces) of every running membership of an organisation of the actor
    parts: tuple[tuple[int, int, tuple[str, ...]], ...] = ()

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Ids of organisations in which the actor holds one of the roles (any role when none is named)."""
        return frozenset(grant.organisation_id for grant in self.grants if not roles or grant.role in roles)

    def has_role(self, organisation_id: int | None, *roles: Role) -> bool:
        return organisation_id is not None and organisation_id in self.organisations(*roles)

    def memberships(self, *roles: Role) -> frozenset[int]:
        """Ids of the actor's memberships with one of the roles (any when none is named)."""
        return frozenset(grant.membership_id for grant in self.grants if not roles or grant.role in roles)

    @cached_property
    def partnerships(self) -> frozenset[int]:
        """Ids of the partnerships that the actor coordinates."""
        return frozenset(row.partnership_id for row in self.coordinated)

    @property
    def member_partnerships(self) -> frozenset[int]:
        """Ids of the partnerships in which an organisation of the actor takes part."""
        return self.takes_part

    def takes_part_as(self, *roles: Role) -> frozenset[int]:
        """Ids of the partnerships of those organisations in which the actor holds one of the roles."""
        organisations = self.organisations(*roles)
        return frozenset(
            partnership for organisation, partnership, _ in self.parts if organisation in organisations
        )

    def provinces_as(self, *roles: Role) -> frozenset[str]:
        """Provinces of those partnerships."""
        organisations = self.organisations(*roles)
        return frozenset(
            code for organisation, _, codes in self.parts if organisation in organisations for code in codes
        )

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
    user: User


def actor_of(user: User) -> Actor:
    """Read the grants, partnerships and seats of a signed-in user (two queries).

    Raises ValueError for anonymous users: `Q(user=None)` would match rows of people without an account.
    """
    if not user.is_authenticated:
        raise ValueError("An actor is always a signed-in person.")
    rows = list(_memberships(user))
    member_rows = {
        (row["organisation"], member["id"]): member for row in rows for member in row["partnerships"]
    }
    coordinating_for = {row["organisation"] for row in rows if row["role"] == Role.COORDINATOR}
    coordinated = {
        member["id"]: Coordinated(member["id"], member["slug"], member["name"])
        for (organisation_id, _), member in sorted(member_rows.items())
        if organisation_id in coordinating_for and member["role"] in COORDINATING
    }
    return Actor(
        user_id=user.pk,
        is_staff=user.is_staff,
        grants=tuple(
            Grant(
                membership_id=row["pk"],
                organisation_id=row["organisation"],
                role=Role(row["role"]),
                may_consent=row["may_consent"],
                may_sign=row["may_sign"],
                slug=row["organisation__slug"],
                name=row["organisation__name"],
                kind=OrganisationKind(row["organisation__kind"]),
            )
            for row in rows
        ),
        coordinated=tuple(sorted(coordinated.values(), key=lambda row: row.name)),
        takes_part=frozenset(member["id"] for member in member_rows.values()),
        provinces=frozenset(code for member in member_rows.values() for code in member["provinces"]),
        parts=tuple(
            (organisation_id, partnership_id, tuple(member["provinces"]))
            for (organisation_id, partnership_id), member in sorted(member_rows.items())
        ),
        groups=frozenset(Seat.objects.running().filter(user=user).values_list("group_id", flat=True)),
    )


def _memberships(user: User) -> Iterable[Any]:
    """Each running membership with the partnerships its organisation takes part in, in one query."""
    partnerships = (
        Member.objects.running()
        .filter(organisation=OuterRef("organisation"))
        .order_by("pk")
        .values(
            row=JSONObject(
                id="partnership_id",
                role="role",
                slug="partnership__slug",
                name="partnership__name",
                provinces="partnership__provinces",
            )
        )
    )
    return (
        Membership.objects.running()
        .filter(user=user)
        .order_by("organisation__name", "pk")
        .values(
            "pk",
            "organisation",
            "role",
            "may_consent",
            "may_sign",
            "organisation__slug",
            "organisation__name",
            "organisation__kind",
            partnerships=ArraySubquery(partnerships),
        )
    )
