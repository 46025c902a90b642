"""What is there already at an employer, a school or in a partnership, for its beginning: one query each, with the names."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from accounts.enums import Role
from accounts.models import Invitation
from accounts.models.people import name_at
from core.dates import today
from core.written import written
from partnerships.enums import COORDINATING, EMPLOYER_KINDS, MandateKind, OrganisationKind
from partnerships.models import (
    Initiative,
    Member,
    Membership,
    MembershipInvitation,
    Organisation,
    Partnership,
)
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries.people import managed
from partnerships.roles import EMPLOYER_PARTY, SIGNS_FOR_EMPLOYER, SIGNS_FOR_SCHOOL
from placements.enums import SlotState
from placements.models import Slot
from placements.queries.at_employer import needed
from programmes.models import Cohort, CohortTeacher, Programme
from students.models import Enrolment

MOST_NAMES = 3


@written
def at_employer(*, employer: int, person: int, partnerships: Collection[int]) -> QuerySet[Any, Any]:
    """What a student needs there; `partnerships` are those of which the coordinators can be asked."""
    slots = Slot.objects.filter(organisation=OuterRef("pk"))
    there = needed(employer)
    return _of_organisation(
        employer,
        location=Exists(there["location"]),
        slot=Exists(slots),
        was_online=Exists(slots.exclude(state=SlotState.DRAFT)),
        contact=_either(there["contact"], _invited_to(EMPLOYER_PARTY)),
        trainer=_either(there["trainer"], _invited_to([Role.PRACTICE_TRAINER])),
        signer=_either(there["signer"], _invited_to_sign()),
        can_be_chosen=_others(person, SIGNS_FOR_EMPLOYER),
        checked=Exists(there["checked"]),
        coordinators=_names(_coordinating(partnerships)),
    )


@written
def at_school(*, school: int, person: int) -> QuerySet[Any, Any]:
    """What a student needs there."""
    programmes = Programme.objects.filter(school=OuterRef("pk")).order_by("pk")
    cohorts = Cohort.objects.filter(programme__school=OuterRef("pk"), ends_on__gte=today())
    teaching = CohortTeacher.objects.running().filter(membership__in=Membership.objects.running())
    signers = Membership.objects.able().filter(organisation=OuterRef("pk"), role__in=SIGNS_FOR_SCHOOL)
    return _of_organisation(
        school,
        programme=ArraySubquery(programmes.values("public_id")[:2]),
        cohort=Exists(cohorts),
        teacher=_either(_held([Role.TEACHER]), _invited_to([Role.TEACHER])),
        teaches=Exists(_held([Role.TEACHER])),
        teaching=~Exists(cohorts.filter(~Exists(teaching.filter(cohort=OuterRef("pk"))))),
        signer=_either(signers.mandated(MandateKind.SIGN), _invited_to_sign()),
        can_be_chosen=_others(person, SIGNS_FOR_SCHOOL),
        student=Exists(Enrolment.objects.filter(cohort__programme__school=OuterRef("pk"))),
    )


@written
def among_members(*, partnership: int) -> QuerySet[Any, Any]:
    """Whether a partnership has an employer, a school and an initiative."""
    inside: dict[str, Any] = {"partnership": OuterRef("pk")}
    members = Member.objects.running().filter(**inside)
    return Partnership.objects.filter(pk=partnership).values(
        employer=_either(
            members.filter(organisation__kind__in=EMPLOYER_KINDS), Slot.objects.filter(**inside)
        ),
        school=_either(
            members.filter(organisation__kind=OrganisationKind.SCHOOL), Programme.objects.filter(**inside)
        ),
        initiative=Exists(Initiative.objects.filter(**inside)),
    )


def _of_organisation(organisation: int, **has: Any) -> QuerySet[Any, Any]:
    """The answers about one organisation, with the names of its managers."""
    managers = managed().filter(organisation=organisation)
    return Organisation.objects.filter(pk=organisation).values(managers=_names(managers), **has)


def _coordinating(partnership_ids: Collection[int]) -> MembershipQuerySet:
    """The roles of those who coordinate one of these partnerships and can be asked."""
    leading = Member.objects.running().filter(partnership__in=partnership_ids, role__in=COORDINATING)
    return Membership.objects.working().filter(
        role=Role.COORDINATOR, organisation__in=ArraySubquery(leading.values("organisation"))
    )


def _names(memberships: MembershipQuerySet) -> ArraySubquery:
    """The names of the first of these people, as pages write them."""
    found = memberships.order_by("person__sort_name", "pk").values(name=name_at("person"))
    return ArraySubquery(found[:MOST_NAMES])


def _held(roles: Collection[Role]) -> MembershipQuerySet:
    return Membership.objects.running().filter(organisation=OuterRef("pk"), role__in=roles)


def _others(person: int, roles: Collection[Role]) -> Exists:
    """Whether someone else has a role that can sign: nobody gives that right to oneself."""
    return Exists(_held(roles).exclude(person=person))


def _invited_to(roles: Collection[Role]) -> QuerySet[MembershipInvitation]:
    """Invitations to one of these roles."""
    return _invited().filter(Q(role__in=roles) | Q(also__in=roles))


def _invited_to_sign() -> QuerySet[MembershipInvitation]:
    """Invitations of those who may sign once they are here."""
    return _invited().filter(may_sign=True)


def _invited() -> QuerySet[MembershipInvitation]:
    """Invitations that can still be accepted: what was asked of someone is not asked for again."""
    waiting = Invitation.objects.usable()
    return MembershipInvitation.objects.filter(organisation=OuterRef("pk"), invitation__in=waiting)


def _either(one: QuerySet[Any], other: QuerySet[Any]) -> ExpressionWrapper:
    return ExpressionWrapper(Q(Exists(one)) | Q(Exists(other)), output_field=BooleanField())
