"""What services hold under their locks and no constraint can: looked at each night, whoever wrote.

A constraint sees one row or one table; these count over several. A row found here is a fault of ours or of someone who
wrote past the services: it goes to the log as an error, with its keys and without names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Role
from core import periods
from partnerships.enums import COORDINATING
from partnerships.models import Group, GroupSeat, Member, Membership, Organisation, Partnership
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
    able = Membership.objects.able().filter(organisation=OuterRef("pk"), role=Role.MANAGER)
    working = Membership.objects.able().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(managers), Exists(working), ~Exists(able))


def partnerships_that_nobody_coordinates() -> QuerySet[Any]:
    """Partnerships that are not over without a member that coordinates them."""
    leading = Member.objects.running().filter(partnership=OuterRef("pk"), role__in=COORDINATING)
    return Partnership.objects.filter(periods.running(may_lack_start=True), ~Exists(leading))


def cohorts_without_teacher() -> QuerySet[Any]:
    """Cohorts with students of today, and nobody who can act to teach them."""
    teaching = CohortTeacher.objects.running().filter(
        cohort=OuterRef("pk"), membership__in=Membership.objects.able()
    )
    students = Enrolment.objects.running().filter(cohort=OuterRef("pk"))
    return Cohort.objects.filter(Exists(students), ~Exists(teaching))


INVARIANTS: tuple[Callable[[], QuerySet[Any]], ...] = (
    seats_that_are_not_there,
    overfull_cohorts,
    overfull_groups,
    organisations_that_lost_their_managers,
    partnerships_that_nobody_coordinates,
    cohorts_without_teacher,
)
MOST_NAMED = 20  # keys in one line of the log, beside the whole number


def breaches() -> dict[str, list[int]]:
    """The keys of the rows that break each invariant, by its name; empty when all hold."""
    found = {rows.__name__: sorted(set(rows().values_list("pk", flat=True))) for rows in INVARIANTS}
    return {name: keys for name, keys in found.items() if keys}
