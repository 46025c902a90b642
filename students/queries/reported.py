"""Texts and files in which someone thinks that a client can be recognised, longest ago first, for who decides on them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet, UUIDField, Value

from core.limits import MOST_STEPS
from core.lookups import keys_of
from core.written import written
from students.models import Enrolment, Evidence, Goal, GoalRemark, LearningPlan, WorkSituation

MODELS: dict[str, Any] = {model.KIND: model for model in (WorkSituation, Evidence, GoalRemark)}
_OF_GOAL = "goal__plan__enrolment"
_TO_ENROLMENT = {WorkSituation.KIND: "enrolment", Evidence.KIND: _OF_GOAL, GoalRemark.KIND: _OF_GOAL}


@written
def reported_of(*, person: int) -> QuerySet[Any, dict[str, Any]]:
    """Of a student the own ones: addresses and the student, no words."""
    own = {
        kind: model.objects.filter(**{f"{_TO_ENROLMENT[kind]}__student__person": person})
        for kind, model in MODELS.items()
    }
    own[GoalRemark.KIND] = own[GoalRemark.KIND].filter(by=person)
    return _together(own)


@written
def reported_in(*, cohorts: Collection[int]) -> QuerySet[Any, dict[str, Any]]:
    """Of students in these cohorts those that their teachers may see; the same columns."""
    enrolments = keys_of(Enrolment.objects.filter(cohort__in=cohorts))
    goals = Goal.objects.filter(plan__in=keys_of(LearningPlan.objects.filter(enrolment__in=enrolments)))
    of_goals = {"goal__in": keys_of(goals)}
    return _together(
        {
            WorkSituation.KIND: WorkSituation.objects.filter(enrolment__in=enrolments, for_teachers=True),
            Evidence.KIND: Evidence.objects.filter(**of_goals, for_teachers=True),
            GoalRemark.KIND: GoalRemark.objects.filter(**of_goals),
        }
    )


def _together(rows: dict[str, Any]) -> QuerySet[Any, dict[str, Any]]:
    first, *others = (_about(kind, found.reported().order_by()) for kind, found in rows.items())
    together: QuerySet[Any, dict[str, Any]] = first.union(*others, all=True)
    return together.order_by("since", "kind", "at_row")[:MOST_STEPS]


def _about(kind: str, rows: Any) -> Any:
    enrolment = _TO_ENROLMENT[kind]
    goal = F("goal__public_id") if enrolment == _OF_GOAL else Value(None, output_field=UUIDField())
    cohort, student = f"{enrolment}__cohort", f"{enrolment}__student"
    return rows.values(
        kind=Value(kind),
        since=F("reported_at"),
        at_row=F("public_id"),
        at_goal=goal,
        at_cohort=F(f"{cohort}__public_id"),
        school=F(f"{cohort}__programme__school__slug"),
        at_student=F(f"{student}__public_id"),
        person=F(f"{student}__person"),
        first_name=F(f"{student}__person__first_name"),
        name_prefix=F(f"{student}__person__name_prefix"),
        last_name=F(f"{student}__person__last_name"),
    )
