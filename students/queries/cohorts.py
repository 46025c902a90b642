"""What a cohort of `programmes` looks like from here: its students, seats, and what waits for its teachers.

Functions on the lower app's querysets, so that pages, filters and next steps count the same things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from accounts.queries.delivery import is_undelivered
from core.dates import today
from core.lookups import keys_of
from core.written import written
from partnerships.actors import Actor
from partnerships.models import Organisation
from programmes.models import Cohort, Session
from students.enums import (
    AccessScope,
    EnrolmentState,
    GoalState,
    Party,
    PlanState,
    SituationState,
)
from students.models import (
    Consent,
    Enrolment,
    Goal,
    GoalVersion,
    LearnerAccess,
    LearningPlan,
    WorkSituation,
)
from students.models.enrolments import EnrolmentQuerySet
from students.models.goals import GoalQuerySet
from students.models.situations import WorkSituationQuerySet

# Goals that were agreed and not handed in. Only these can be late: what is not agreed yet binds nobody.
TO_DO = (GoalState.AGREED, GoalState.BUSY)


def goals_needing(need: str) -> GoalQuerySet:
    """Goals that ask the school for this act: "to_answer", "to_assess", or "late"."""
    if need == "to_answer":
        return Goal.objects.awaiting(Party.SCHOOL)
    if need == "to_assess":
        return Goal.objects.filter(state=GoalState.DEMONSTRATED)
    return Goal.objects.filter(state__in=TO_DO, current__due_on__lt=today(), plan__state=PlanState.ACTIVE)


def waiting_situations() -> WorkSituationQuerySet:
    """Work situations that no session has yet; never those the student keeps private."""
    return WorkSituation.objects.filter(state=SituationState.SUBMITTED, for_teachers=True)


def others_of_programme(cohort: Cohort) -> QuerySet[Cohort]:
    """The other cohorts of the programme that still run: to where a student can move."""
    others = Cohort.objects.filter(programme=cohort.programme_id, ends_on__gt=today()).exclude(pk=cohort.pk)
    return others.order_by("-starts_on", "name", "pk")


def open_for(actor: Actor, cohort: Cohort) -> QuerySet[Cohort]:
    """The own cohorts of a teacher, at the school of this one, that still run: where a student can come back."""
    own = Cohort.objects.taught_by(actor).filter(programme__school=cohort.programme.school_id)
    return own.filter(ends_on__gt=today()).order_by("-starts_on", "name", "pk")


def free_seats(cohort: Cohort) -> int:
    """How many more can be enrolled before the waiting list begins; a service asks it under the lock on the cohort."""
    return max(0, cohort.capacity - Enrolment.objects.running().filter(cohort=cohort).count())


def with_enrolled(cohorts: Any) -> Any:
    """Cohorts with seats taken, people waiting and the next session."""
    enrolled = Enrolment.objects.filter(cohort=OuterRef("pk"))
    sessions = Session.objects.upcoming().filter(cohort=OuterRef("pk"))
    return cohorts.annotate(
        taken=_count(enrolled.running(), "cohort"),
        waiting=_count(enrolled.filter(state=EnrolmentState.WAITING), "cohort"),
        next_session=Subquery(sessions.values("starts_at")[:1]),
    )


def with_whole_needs(cohorts: Any) -> Any:
    """The cohorts of `with_enrolled`, with what waits in the cohort as a whole."""
    enrolled = Enrolment.objects.running().filter(cohort=OuterRef("pk"))
    waiting = waiting_situations().filter(enrolment__cohort=OuterRef("pk"))
    return with_enrolled(cohorts).annotate(
        situations=_count(waiting, "enrolment__cohort"),
        without_plan=_count(enrolled.filter(plans=None), "cohort"),
        undelivered=_count(enrolled.filter(is_undelivered("student__invitation")), "cohort"),
    )


def with_needs(cohorts: Any) -> Any:
    """The cohorts of `with_whole_needs`, with a count of the goals that ask each act of the school."""
    return with_whole_needs(cohorts).annotate(
        to_answer=_count_goals("to_answer"),
        to_assess=_count_goals("to_assess"),
        late=_count_goals("late"),
    )


def _count_goals(need: str) -> Coalesce:
    goals = goals_needing(need).filter(
        plan__enrolment__cohort=OuterRef("pk"), plan__enrolment__state=EnrolmentState.ENROLLED
    )
    return _count(goals, "plan__enrolment__cohort")


def _count(rows: Any, key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


_ORDER = Case(
    When(state=EnrolmentState.ENROLLED, then=Value(0)),
    When(state=EnrolmentState.WAITING, then=Value(1)),
    default=Value(2),
)


def in_line(cohort: int) -> EnrolmentQuerySet:
    """The enrolments of a cohort in the order of its page."""
    return Enrolment.objects.filter(cohort=cohort).order_by(_ORDER, "student__person__sort_name", "pk")


def students_of(cohort: int) -> QuerySet[Enrolment]:
    """The same with employer (`employer_row`) and plan (`plan_row`); goals and their answers are read for a whole page."""
    held = LearnerAccess.objects.of_employers().filter(enrolment=OuterRef("pk"))
    employer = Subquery(held.values(row=JSONObject(pk="organisation_id", name="organisation__name"))[:1])
    plans = LearningPlan.objects.filter(enrolment=OuterRef("pk")).order_by("-pk")
    plan = Subquery(plans.values(row=JSONObject(pk="pk", public_id="public_id", state="state"))[:1])
    return in_line(cohort).select_related("student__person").annotate(plan_row=plan, employer_row=employer)


def employers_of(cohort: Cohort) -> list[Organisation]:
    """Organisations that hold running access to a plan in the cohort, by name."""
    return _employers(cohort=cohort.pk)


@written
def _employers(*, cohort: int) -> QuerySet[Organisation]:
    enrolled = keys_of(Enrolment.objects.filter(cohort=cohort))
    held = LearnerAccess.objects.running().filter(enrolment__in=enrolled, scope=AccessScope.PLAN)
    there = ArraySubquery(held.order_by().values("organisation"))
    return Organisation.objects.filter(pk__in=there).order_by("name", "pk")


_GOAL_COLUMNS = ("plan_id", "state", "current", "current__due_on", "asked_at", "answers")


def goals_of(plans: list[int]) -> dict[int, list[dict[str, Any]]]:
    """By plan the goals that are not assessed yet, with the answers to their newest text and when it was asked."""
    goals: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for goal in _goals(plans=plans):
        goals[goal["plan_id"]].append(goal)
    return goals


@written
def _goals(*, plans: Collection[int]) -> QuerySet[Any, Any]:
    answer = JSONObject(party="party", answer="answer", organisation="organisation_id")
    given = Consent.objects.filter(goal_version=OuterRef("latest")).order_by().values("goal_version")
    # One value each.
    answers = Subquery(given.annotate(rows=JSONBAgg(answer, order_by="number", default=[])).values("rows"))
    # Mostly the newest text is the one that holds, and is then not looked up a second time.
    newest = GoalVersion.objects.filter(pk=OuterRef("latest")).order_by().values("asked_at")
    asked_at = Case(When(latest=F("current"), then="current__asked_at"), default=Subquery(newest))
    goals = Goal.objects.assessable().filter(plan__in=plans).order_by()
    found: QuerySet[Any, Any] = goals.annotate(answers=answers, asked_at=asked_at).values(*_GOAL_COLUMNS)
    return found
