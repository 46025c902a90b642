"""The locks that verbs on an enrolment, a plan and its goals take first; of several the enrolment, then the cohort."""

from __future__ import annotations

from core.access import ensure
from programmes.models import Cohort
from students import rules
from students.models import Enrolment, Goal, LearningPlan


def enrolment(pk: int) -> Enrolment:
    """The enrolment with the people and the school around it."""
    return (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("student__invitation", "student__person__user", "cohort__programme__school")
        .get(pk=pk)
    )


def cohort(pk: int) -> Cohort:
    """The cohort: under this lock its seats are counted and given."""
    return (
        Cohort.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme__school")
        .get(pk=pk)
    )


def locked(plan_id: int) -> LearningPlan:
    """The plan under a row lock, with the parties of its enrolment; a closed plan is refused."""
    plan = locked_even_closed(plan_id)
    ensure(rules.is_open(plan))
    return plan


def locked_even_closed(plan_id: int) -> LearningPlan:
    """The same for the verbs that close and reopen it."""
    plan = LearningPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan_id)
    plan.enrolment = Enrolment.objects.with_parties().get(pk=plan.enrolment_id)
    return plan


def locked_goal(goal_id: int) -> Goal:
    """A goal whose plan is locked. The goal is read when the lock is there, so that it is the newest."""
    plan = locked(Goal.objects.values_list("plan_id", flat=True).get(pk=goal_id))
    goal = Goal.objects.select_related("current", "latest").get(pk=goal_id)
    goal.plan = plan
    return goal
