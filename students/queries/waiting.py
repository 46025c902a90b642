"""What waits for whom in learning plans, read for each first page: written once, with the ids that the actor brings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from core.limits import MOST_STEPS
from core.lookups import keys_of
from core.written import written
from programmes.models import Cohort
from students.enums import AccessScope, GoalResult, GoalState, Party, PlanState
from students.models import Enrolment, Goal, LearnerAccess, LearningPlan
from students.models.goals import GoalQuerySet
from students.queries.cohorts import with_whole_needs

_OPEN = [PlanState.DRAFT, PlanState.ACTIVE]
_OF_STUDENT = "plan__enrolment__student"
_WHO = ("public_id", "person", "person__first_name", "person__name_prefix", "person__last_name")


@written
def to_do_of_student(*, person: int, soon: date) -> QuerySet[Goal]:
    """Own goals that were sent back, are to be taken up again, or are due by a day; each says `is_sent_back`."""
    return (
        Goal.objects.filter(plan__enrolment__student__person=person, plan__state__in=_OPEN)
        .with_sent_back(to=Party.STUDENT)
        .filter(
            Q(is_sent_back=True)
            | Q(state=GoalState.ASSESSED, result=GoalResult.NOT_YET)
            | Q(state__in=[GoalState.AGREED, GoalState.BUSY], current__due_on__lte=soon)
        )
        .select_related("current", "latest")
        .order_by("latest__due_on", "pk")[:MOST_STEPS]
    )


@written
def asked_of_student(*, person: int) -> QuerySet[Any, Any]:
    """Own plans in which consent is asked, each with the number of goals."""
    mine = Goal.objects.filter(plan__enrolment__student__person=person).awaiting(Party.STUDENT)
    plans = mine.values("plan__public_id").annotate(number=Count("pk"))
    return plans.order_by("plan__public_id")


@written
def to_do_of_school(*, cohorts: Collection[int]) -> QuerySet[Goal, tuple[Any, ...]]:
    """Goals of students in these cohorts that were handed in, or sent back to the school.

    Of each its address, whether it was handed in, the agreed text and the newest, and whose it is.
    """
    handed_in = Q(state=GoalState.DEMONSTRATED)
    return (
        _goals_in(cohorts)
        # Or all plans there are would be read beside these.
        .filter(plan__enrolment__in=_students_of(cohorts))
        .with_sent_back(to=Party.SCHOOL)
        .filter(handed_in | Q(is_sent_back=True))
        .order_by("pk")
        .values_list(
            *("public_id", ExpressionWrapper(handed_in, BooleanField()), "current__text", "latest__text"),
            *(f"{_OF_STUDENT}__{name}" for name in _WHO),
        )[:MOST_STEPS]
    )


@written
def asked_of_school(*, cohorts: Collection[int]) -> QuerySet[Goal, tuple[Any, ...]]:
    """The plans in these cohorts in which the school's consent is asked, as `_by_plan`."""
    return _by_plan(_goals_in(cohorts).awaiting(Party.SCHOOL))


@written
def asked_of_employer(*, organisation: int) -> QuerySet[Goal, tuple[Any, ...]]:
    """The plans of which this organisation is the employer today and its consent is asked, as `_by_plan`."""
    there = LearnerAccess.objects.of_employers().filter(organisation=organisation)
    return _by_plan(_goals_of(there).awaiting(Party.EMPLOYER, employer=organisation))


@written
def asked_of_supervisor(*, memberships: Collection[int]) -> QuerySet[Goal, tuple[Any, ...]]:
    """The plans in which the employer's consent is asked and may be given by a supervisor with one of these roles."""
    held = LearnerAccess.objects.running().filter(
        membership__in=memberships,
        scope=AccessScope.PLAN,
        enrolment=OuterRef("plan__enrolment"),
        organisation=OuterRef("employer_now"),  # of an earlier employer none answers for the one of today
    )
    guided = LearnerAccess.objects.running().filter(membership__in=memberships, scope=AccessScope.PLAN)
    return _by_plan(_goals_of(guided).awaiting(Party.EMPLOYER).filter(Exists(held)))


@written
def cohorts_in_need(*, cohorts: Collection[int]) -> QuerySet[Cohort]:
    """The cohorts with what waits in each as a whole: `without_plan`, `situations`, `waiting`, `taken`."""
    own = Cohort.objects.filter(pk__in=cohorts).select_related("programme__school")
    found: QuerySet[Cohort] = with_whole_needs(own).order_by("-starts_on", "pk")
    return found


def _goals_in(cohorts: Collection[int]) -> GoalQuerySet:
    """The goals of open plans in these cohorts."""
    plans = LearningPlan.objects.filter(enrolment__in=_students_of(cohorts), state__in=_OPEN)
    return Goal.objects.filter(plan__in=keys_of(plans))


def _students_of(cohorts: Collection[int]) -> ArraySubquery:
    return keys_of(Enrolment.objects.filter(cohort__in=cohorts))


def _goals_of(access: QuerySet[LearnerAccess]) -> GoalQuerySet:
    """The goals of open plans to which there is such access."""
    there = ArraySubquery(access.order_by().values("enrolment"))
    plans = LearningPlan.objects.filter(enrolment__in=there, state__in=_OPEN)
    return Goal.objects.filter(plan__in=ArraySubquery(plans.order_by().values("pk")))


def _by_plan(goals: QuerySet[Goal]) -> QuerySet[Goal, tuple[Any, ...]]:
    """Of each plan its key and address, whose it is by key, person and name, and the number of goals."""
    return (
        goals.values_list("plan", "plan__public_id", *(f"{_OF_STUDENT}__{name}" for name in _WHO))
        .annotate(number=Count("pk"))
        .order_by("plan")[:MOST_STEPS]
    )
