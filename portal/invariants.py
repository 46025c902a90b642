"""What services hold under their locks and no constraint can: looked at each night, whoever wrote.

A constraint sees one row or one table; these count over several. A row found here is a fault of ours or of someone who
wrote past the services: it goes to the log as an error, with its keys and without names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.enums import Role
from agreements.enums import VersionState
from agreements.models import Agreement
from agreements.queries.named import newest_texts
from core import periods
from partnerships.enums import COORDINATING, MandateKind, Perspective
from partnerships.models import Group, GroupSeat, Mandate, Member, Membership, Organisation, Partnership
from partnerships.roles import SIGNS_FOR_EMPLOYER
from placements.models import Placement
from programmes.models import Cohort, CohortTeacher
from students.models import Enrolment


def seats_that_are_not_there() -> QuerySet[Any]:
    """Placements, confirmed or running, on a seat above the number that their slot has."""
    return Placement.objects.live().filter(seat_no__gt=F("slot__seats"))


def overfull_cohorts() -> QuerySet[Any]:
    """Cohorts with more students than they hold."""
    running = Q(enrolments__in=Enrolment.objects.running())
    return Cohort.objects.annotate(number=Count("enrolments", filter=running)).filter(
        number__gt=F("capacity")
    )


def overfull_groups() -> QuerySet[Any]:
    """Groups with more people at the table than they have room for; observers take no seat."""
    at_the_table = Q(seats__in=GroupSeat.objects.running().filter(is_observer=False))
    return Group.objects.annotate(number=Count("seats", filter=at_the_table)).filter(number__gt=F("max_size"))


def organisations_that_lost_their_managers() -> QuerySet[Any]:
    """Organisations where people have roles and someone managed once, but nobody can now."""
    managers = Membership.objects.filter(organisation=OuterRef("pk"), role=Role.MANAGER)
    managing = Membership.objects.working().filter(organisation=OuterRef("pk"), role=Role.MANAGER)
    working = Membership.objects.working().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(managers), Exists(working), ~Exists(managing))


def partnerships_that_nobody_coordinates() -> QuerySet[Any]:
    """Partnerships that are not over without a member that coordinates them."""
    leading = Member.objects.running().filter(partnership=OuterRef("pk"), role__in=COORDINATING)
    return Partnership.objects.filter(periods.running(may_lack_start=True), ~Exists(leading))


def cohorts_without_teacher() -> QuerySet[Any]:
    """Cohorts with students of today, and nobody who can act to teach them."""
    teaching = CohortTeacher.objects.running().filter(
        cohort=OuterRef("pk"), membership__in=Membership.objects.working()
    )
    students = Enrolment.objects.running().filter(cohort=OuterRef("pk"))
    return Cohort.objects.filter(Exists(students), ~Exists(teaching))


def overfull_delegations() -> QuerySet[Any]:
    """Seats of an organisation with more delegates in a group than the group takes of one; observers take no seat."""
    delegates = GroupSeat.objects.running().filter(perspective=Perspective.DELEGATE, is_observer=False)
    same = delegates.filter(group=OuterRef("group"), organisation=OuterRef("organisation")).order_by()
    number = same.values("organisation").annotate(number=Count("pk")).values("number")
    return delegates.annotate(number=Subquery(number)).filter(
        number__gt=F("group__delegates_per_organisation")
    )


def placements_outside_their_enrolment() -> QuerySet[Any]:
    """Placements, confirmed or running, with days on which the student is not enrolled."""
    return Placement.objects.live().filter(
        Q(starts_on__lt=F("enrolment__starts_on")) | Q(ends_on__gt=F("enrolment__ends_on"))
    )


def texts_outside_their_enrolment() -> QuerySet[Any]:
    """Texts that were agreed last in an open agreement, with days on which the student is not enrolled."""
    enrolment = "agreement__placement__enrolment"
    return newest_texts().filter(
        Q(starts_on__lt=F(f"{enrolment}__starts_on")) | Q(ends_on__gt=F(f"{enrolment}__ends_on")),
        state=VersionState.SIGNED,
    )


def employers_that_lost_their_signers() -> QuerySet[Any]:
    """Employers with an open agreement where someone could sign once, but nobody can now."""
    roles = Membership.objects.filter(organisation=OuterRef("pk"), role__in=SIGNS_FOR_EMPLOYER)
    once = Mandate.objects.filter(kind=MandateKind.SIGN, membership__organisation=OuterRef("pk"))
    open_there = Agreement.objects.open().filter(placement__organisation=OuterRef("pk"))
    return Organisation.objects.filter(
        Exists(open_there),
        Exists(once.filter(role__in=SIGNS_FOR_EMPLOYER)),
        ~Exists(roles.working().mandated(MandateKind.SIGN)),
    )


def cohorts_that_lost_their_signers() -> QuerySet[Any]:
    """Cohorts with an open agreement that a teacher could sign once, but that nobody signs now for the school."""
    signing = Membership.objects.working().mandated(MandateKind.SIGN)
    teaching = CohortTeacher.objects.filter(cohort=OuterRef("pk"))
    once = Mandate.objects.filter(kind=MandateKind.SIGN, role=Role.TEACHER)
    managers = signing.filter(role=Role.MANAGER, organisation=OuterRef("programme__school"))
    return Cohort.objects.filter(
        Exists(Agreement.objects.open().filter(placement__enrolment__cohort=OuterRef("pk"))),
        Exists(teaching.filter(membership__in=once.values("membership"))),
        ~Exists(teaching.running().filter(membership__in=signing.filter(role=Role.TEACHER))),
        ~Exists(managers),
    )


INVARIANTS: tuple[Callable[[], QuerySet[Any]], ...] = (
    seats_that_are_not_there,
    overfull_cohorts,
    overfull_groups,
    organisations_that_lost_their_managers,
    partnerships_that_nobody_coordinates,
    cohorts_without_teacher,
    overfull_delegations,
    placements_outside_their_enrolment,
    texts_outside_their_enrolment,
    employers_that_lost_their_signers,
    cohorts_that_lost_their_signers,
)
MOST_NAMED = 20  # keys in one line of the log, beside the whole number


def breaches() -> dict[str, list[int]]:
    """The keys of the rows that break each invariant, by its name; empty when all hold."""
    found = {rows.__name__: sorted(set(rows().values_list("pk", flat=True))) for rows in INVARIANTS}
    return {name: keys for name, keys in found.items() if keys}
