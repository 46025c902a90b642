"""Who is acting: built once per request, read by every rule and every `visible_to`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import Person, User
from accounts.models.second_step import has_second_step
from core.dates import local_day, today
from partnerships.enums import COORDINATING, GroupKind, MandateKind, OrganisationKind
from partnerships.models import GroupSeat, Member, Membership
from partnerships.models.groups import IS_OFFICE
from partnerships.models.memberships import carries
from partnerships.roles import EMPLOYER_PARTY, NEEDS_SECOND_STEP

_SOMEONE = -1  # stands for the person in the query that is written once


@dataclass(frozen=True)
class HeldRole:
    """One running membership with the mandates it carries, as far as rules and the navigation need it."""

    membership_id: int
    organisation_id: int
    role: Role
    may_consent: bool
    may_sign: bool
    slug: str
    name: str
    kind: OrganisationKind
    starts_on: date


@dataclass(frozen=True)
class OwnPartnership:
    """A partnership that the actor coordinates, or whose steering group the actor chairs or keeps the papers of."""

    partnership_id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Office:
    """A group that the actor chairs or is secretary of, by a seat that gives papers today."""

    group_id: int
    kind: GroupKind
    partnership: OwnPartnership


@dataclass(frozen=True)
class Actor:
    """A signed-in person with everything access depends on; never anonymous.

    `coordinated` holds the partnerships in which an organisation where the person is coordinator is lead or
    coordinating body; `takes_part` those in which any of the person's organisations is a running member, `provinces`
    the provinces of those. `groups` are those with a seat, `offices` those among them with the chair or the papers.
    `studies` says whether there is an enrolment, of now or of before.
    """

    person_id: int
    is_staff: bool
    held: tuple[HeldRole, ...]
    coordinated: tuple[OwnPartnership, ...]
    takes_part: frozenset[int]
    provinces: frozenset[str]
    groups: frozenset[int]
    # (organisation, partnership, provinces) of every running membership of an organisation of the actor
    parts: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    offices: tuple[Office, ...] = ()
    studies: bool = False
    has_second_step: bool = False
    staff_since: date | None = None

    @cached_property
    def second_step_by(self) -> date | None:
        """The last day without a second step, for whoever is asked for one and has none; None for all others."""
        days = settings.SECOND_STEP_AFTER_DAYS
        begun = [held.starts_on for held in self.held if held.role in NEEDS_SECOND_STEP]
        begun += [self.staff_since] if self.staff_since else []
        if days is None or self.has_second_step or not begun:
            return None
        return min(begun) + timedelta(days=days)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Ids of organisations in which the actor holds one of the roles (any role when none is named)."""
        return frozenset(held.organisation_id for held in self.held if not roles or held.role in roles)

    def has_role(self, organisation_id: int | None, *roles: Role) -> bool:
        """Whether the actor holds one of the roles (any when none is named) in this organisation; False for None."""
        return organisation_id is not None and organisation_id in self.organisations(*roles)

    def memberships(self, *roles: Role) -> frozenset[int]:
        """Ids of the actor's memberships with one of the roles (any when none is named)."""
        return frozenset(held.membership_id for held in self.held if not roles or held.role in roles)

    @cached_property
    def coordinates(self) -> frozenset[int]:
        """Ids of the partnerships that the actor coordinates."""
        return frozenset(row.partnership_id for row in self.coordinated)

    @cached_property
    def presides(self) -> frozenset[int]:
        """Ids of the groups that the actor chairs or is secretary of."""
        return frozenset(office.group_id for office in self.offices)

    @cached_property
    def steered(self) -> tuple[OwnPartnership, ...]:
        """The partnerships whose steering group the actor chairs or is secretary of, by name."""
        found = {
            office.partnership.partnership_id: office.partnership
            for office in self.offices
            if office.kind == GroupKind.STEERING
        }
        return tuple(sorted(found.values(), key=lambda partnership: partnership.name))

    @cached_property
    def writes_for(self) -> frozenset[int]:
        """Ids of the partnerships whose texts, initiatives and calls the actor writes."""
        return self.coordinates | {row.partnership_id for row in self.steered}

    @cached_property
    def inside(self) -> frozenset[int]:
        """Ids of the partnerships that the actor knows from within: as coordinator, through a member, or in an office."""
        presiding = {office.partnership.partnership_id for office in self.offices}
        return self.coordinates | self.takes_part | presiding

    def parts_of(self, organisation_id: int) -> frozenset[int]:
        """Ids of the partnerships in which an own organisation takes part."""
        return frozenset(
            partnership for organisation, partnership, _ in self.parts if organisation == organisation_id
        )

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
        """Organisations for which the actor is the employer party: contacts and practice trainers (docs/domain.md 2)."""
        return self.organisations(*EMPLOYER_PARTY)

    @cached_property
    def consenting_memberships(self) -> frozenset[int]:
        """Supervisor memberships that may agree to goals of own students."""
        return frozenset(
            held.membership_id for held in self.held if held.role == Role.SUPERVISOR and held.may_consent
        )


def id_of(actor: Actor | None) -> int | None:
    """The person behind an act, by id, for histories; None for what happens by the clock."""
    return None if actor is None else actor.person_id


class ActorRequest(HttpRequest):
    """A request of a signed-in person, as the middleware leaves it."""

    actor: Actor
    user: User


def actor_of(user: User) -> Actor:
    """Read the roles, partnerships and seats of a signed-in user, in one query.

    Raises ValueError for anonymous users: `Q(user=None)` would match rows of people without an account.
    """
    if not user.is_authenticated:
        raise ValueError("An actor is always a signed-in person.")
    since = local_day(user.date_joined) if user.is_staff else None
    return actor_of_person(user.person.pk, is_staff=user.is_staff, staff_since=since)


def actor_of_person(person_id: int, *, is_staff: bool = False, staff_since: date | None = None) -> Actor:
    """The same for a person by id, with or without an account: roles, partnerships and seats, in one query."""
    row = _facts(person_id)
    roles = [_held_role(held) for held in row["roles"]]
    members = [(held["organisation_id"], member) for held in row["roles"] for member in held["members"]]
    coordinating_for = {held.organisation_id for held in roles if held.role == Role.COORDINATOR}
    coordinated = {
        member["id"]: OwnPartnership(member["id"], member["slug"], member["name"])
        for organisation_id, member in members
        if organisation_id in coordinating_for and member["role"] in COORDINATING
    }
    return Actor(
        person_id=person_id,
        is_staff=is_staff,
        held=tuple(sorted(roles, key=lambda role: (role.name, role.membership_id))),
        coordinated=tuple(sorted(coordinated.values(), key=lambda partnership: partnership.name)),
        takes_part=frozenset(member["id"] for _, member in members),
        provinces=frozenset(code for _, member in members for code in member["provinces"]),
        parts=tuple(
            sorted(
                {
                    (organisation_id, member["id"], tuple(member["provinces"]))
                    for organisation_id, member in members
                }
            )
        ),
        groups=frozenset(seat["group_id"] for seat in row["seats"]),
        offices=tuple(_office(seat) for seat in row["seats"] if seat["is_office"]),
        studies=row["studies"],
        has_second_step=row["has_second_step"],
        staff_since=staff_since,
    )


def _held_role(row: dict[str, Any]) -> HeldRole:
    """A membership without what belongs to its organisation."""
    values = {name: value for name, value in row.items() if name != "members"}
    values |= {"role": Role(row["role"]), "kind": OrganisationKind(row["kind"])}
    return HeldRole(**{**values, "starts_on": date.fromisoformat(row["starts_on"])})


def _office(row: dict[str, Any]) -> Office:
    """What a seat of the chair or the secretary gives."""
    partnership = OwnPartnership(row["partnership_id"], row["slug"], row["name"])
    return Office(row["group_id"], GroupKind(row["kind"]), partnership)


def _facts(person_id: int) -> dict[str, Any]:
    """Running memberships, each with the partnerships its organisation takes part in, and running seats."""
    sql, parameters = _facts_sql(today())
    with connection.cursor() as cursor:
        cursor.execute(sql, [person_id if value == _SOMEONE else value for value in parameters])
        row = cursor.fetchone()
    if row is None:
        raise ValueError("This person is gone.")
    roles, seats, studies, has_step = row
    return {
        "roles": [json.loads(held) for held in roles],
        "seats": [json.loads(seat) for seat in seats],
        "studies": studies,
        "has_second_step": has_step,
    }


@lru_cache(maxsize=2)
def _facts_sql(_day: date) -> tuple[str, tuple[Any, ...]]:
    """The query behind every page, written by the ORM once a day: building it costs four times what it costs to run.

    Only the person differs; the days in it are those of `_day`.
    """
    members = (
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
    roles = (
        Membership.objects.running()
        .filter(person=OuterRef("pk"))
        .order_by("pk")
        .values(
            row=JSONObject(
                membership_id="pk",
                organisation_id="organisation_id",
                role="role",
                may_consent=carries(MandateKind.CONSENT),
                may_sign=carries(MandateKind.SIGN),
                slug="organisation__slug",
                name="organisation__name",
                kind="organisation__kind",
                starts_on="starts_on",
                members=ArraySubquery(members),
            )
        )
    )
    seats = (
        GroupSeat.objects.giving_papers()
        .filter(person=OuterRef("pk"))
        .order_by("pk")
        .values(
            row=JSONObject(
                group_id="group_id",
                is_office=ExpressionWrapper(IS_OFFICE, BooleanField()),
                kind="group__kind",
                partnership_id="group__partnership_id",
                slug="group__partnership__slug",
                name="group__partnership__name",
            )
        )
    )
    # By the names of the relations: students are a layer above.
    studies = Exists(Person.objects.filter(pk=OuterRef("pk"), student__enrolments__isnull=False))
    person = Person.objects.filter(pk=_SOMEONE).order_by()
    return person.values_list(
        ArraySubquery(roles), ArraySubquery(seats), studies, has_second_step("user")
    ).query.sql_with_params()
