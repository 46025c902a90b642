"""Reading an actor: one query for everything that rights depend on."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from accounts.enums import Role
from accounts.models import Person, User
from accounts.models.second_step import has_second_step
from core.dates import local_day
from core.written import written
from partnerships.actors.acting import Actor, HeldRole, Office, OwnPartnership
from partnerships.enums import COORDINATING, GroupKind, MandateKind, MemberRole, OrganisationKind
from partnerships.models import Funding, GroupSeat, InitiativeParticipant, Member, Membership, Milestone
from partnerships.models.groups import IS_OFFICE
from partnerships.models.memberships import carries

# As an account is annotated with them.
FACTS = (
    "held_roles",
    "held_seats",
    "ever_studied",
    "is_awaited_now",
    "is_proposed_to_now",
    "joins_now",
    "second_step_stands",
)


def actor_of(user: User) -> Actor:
    """Read the roles, partnerships and seats of a signed-in user, in one query.

    Of the account of a session they were read with it, and count once: whoever asks again reads them anew. Raises ValueError
    for anonymous users: `Q(user=None)` would match rows of people without an account.
    """
    if not user.is_authenticated:
        raise ValueError("An actor is always a signed-in person.")
    since = local_day(user.date_joined) if user.is_staff else None
    facts = _read_along(user) or _facts(user.person.pk)
    return _actor(user.person.pk, facts, is_staff=user.is_staff, staff_since=since)


def actor_of_person(person_id: int, *, is_staff: bool = False) -> Actor:
    """The same for a person by id, with or without an account."""
    return _actor(person_id, _facts(person_id), is_staff=is_staff)


def _actor(
    person_id: int, facts: tuple[Any, ...], *, is_staff: bool = False, staff_since: date | None = None
) -> Actor:
    running, seats, studies, is_awaited, is_proposed_to, joins, has_step = facts
    roles = [_held_role(held) for held in running]
    members = [(held["organisation_id"], member) for held in running for member in held["members"]]
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
        groups=frozenset(seat["group_id"] for seat in seats),
        steers=frozenset(seat["partnership_id"] for seat in seats if seat["kind"] == GroupKind.STEERING),
        observes=frozenset(member["id"] for _, member in members if member["role"] == MemberRole.OBSERVER),
        offices=tuple(_office(seat) for seat in seats if seat["is_office"]),
        studies=studies,
        is_awaited=is_awaited,
        is_proposed_to=is_proposed_to,
        joins=joins,
        has_second_step=has_step,
        staff_since=staff_since,
    )


def _held_role(row: dict[str, Any]) -> HeldRole:
    """A membership without what belongs to its organisation."""
    values = {name: value for name, value in row.items() if name != "members"}
    values |= {"role": Role(row["role"]), "kind": OrganisationKind(row["kind"])}
    values |= {"starts_on": date.fromisoformat(row["starts_on"]), "cohorts": frozenset(row["cohorts"])}
    if values["role"] != Role.TEACHER:
        values["cohorts"] = frozenset()
    return HeldRole(**values)


def _office(row: dict[str, Any]) -> Office:
    """What a seat of the chair or the secretary gives."""
    partnership = OwnPartnership(row["partnership_id"], row["slug"], row["name"])
    return Office(row["group_id"], GroupKind(row["kind"]), partnership)


def _read_along(user: User) -> tuple[Any, ...] | None:
    """What was read with the account, which then knows it no more; None when it was read without."""
    if not hasattr(user, FACTS[0]):
        return None
    known = tuple(getattr(user, name) for name in FACTS)
    for name in FACTS:
        delattr(user, name)
    return known


def _facts(person_id: int) -> tuple[Any, ...]:
    rows = _facts_of(person=person_id)
    if not rows:
        raise ValueError("This person is gone.")
    return rows[0]


@written
def _facts_of(*, person: int) -> QuerySet[Person, tuple[Any, ...]]:
    return Person.objects.filter(pk=person).order_by().values_list(*facts("pk", "user").values())


def facts(person: str, account: str) -> dict[str, Any]:
    """All that rights depend on, by the names of `FACTS`; beside a row from which these lead to the person and the account.

    Running memberships, each with the partnerships its organisation takes part in, running seats, whether the person ever
    studied, whether an action, an invitation, a milestone, money without a plan or a proposal waits, whether the
    person takes part in an initiative, and whether there is a second step.
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
    # By their names, as enrolments below: both are layers above.
    teaching = apps.get_model("programmes", "CohortTeacher").objects.running()
    cohorts = teaching.filter(membership=OuterRef("pk")).order_by("cohort").values("cohort")
    roles = (
        Membership.objects.running()
        .filter(person=OuterRef(person))
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
                cohorts=ArraySubquery(cohorts),
                members=ArraySubquery(members),
            )
        )
    )
    seats = (
        GroupSeat.objects.giving_papers()
        .filter(person=OuterRef(person))
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
    enrolments = apps.get_model("students", "Enrolment").objects.order_by()
    studies = Exists(enrolments.filter(student__person=OuterRef(person)))
    actions = apps.get_model("meetings", "Action").objects.running().filter(owner=OuterRef(person))
    invited = apps.get_model("meetings", "Attendance").objects.unanswered().filter(person=OuterRef(person))
    proposed = apps.get_model("meetings", "ImprovementProposal").objects.awaiting(OuterRef(person))
    joined = InitiativeParticipant.objects.joined().filter(person=OuterRef(person))
    due = Milestone.objects.due_soon().filter(owner=OuterRef(person))
    unplanned = Funding.objects.unplanned().filter(initiative__owner=OuterRef(person))
    waiting = (Q(Exists(rows.order_by())) for rows in (actions, invited, due, unplanned))
    awaited = ExpressionWrapper(reduce(or_, waiting), BooleanField())
    found = (
        ArraySubquery(roles),
        ArraySubquery(seats),
        studies,
        awaited,
        Exists(proposed.order_by()),
        Exists(joined.order_by()),
        has_second_step(account),
    )
    return dict(zip(FACTS, found, strict=True))
