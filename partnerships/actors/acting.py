"""Someone who is signed in, with everything that access depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import GroupKind, OrganisationKind
from partnerships.roles import EMPLOYER_PARTY, NEEDS_SECOND_STEP


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
    cohorts: frozenset[int] = frozenset()  # that it teaches today


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
    `studies` says whether there is an enrolment, of now or of before; `is_awaited` whether an action, an answer to an
    invitation, a milestone or money without a plan waits for the person, `is_proposed_to` whether an improvement proposal
    does; `joins` whether the person takes part in an initiative.
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
    is_awaited: bool = False
    is_proposed_to: bool = False
    # Partnerships in whose steering group there is a seat, and those that an own organisation observes
    steers: frozenset[int] = frozenset()
    observes: frozenset[int] = frozenset()
    joins: bool = False
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
    def cohorts(self) -> frozenset[int]:
        """Ids of the cohorts that the actor teaches today."""
        return frozenset(cohort for held in self.held for cohort in held.cohorts)

    def cohorts_at(self, school_id: int) -> frozenset[int]:
        """Ids of those at one school."""
        return frozenset(
            cohort for held in self.held if held.organisation_id == school_id for cohort in held.cohorts
        )

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
