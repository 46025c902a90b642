"""The locks that verbs on an enrolment, a plan and its goals take first; of several the enrolment, then the cohort."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.access import ensure
from partnerships.actors import Actor
from programmes.models import Cohort
from students import rules
from students.models import Enrolment, Evidence, Goal, LearningPlan, WorkSituation
from students.queries.visible import parties_of, texts_of


def enrolment(pk: int, by: Actor) -> Enrolment:
    """The enrolment with the people and the school around it; its cohort says whether the one who asks teaches it."""
    found = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("student__invitation", "student__person__user")
        .get(pk=pk)
    )
    found.cohort = Cohort.objects.for_page(by).get(pk=found.cohort_id)
    return found


def enrolments(rows: QuerySet[Enrolment]) -> None:
    """Several enrolments, in the order of their keys, for acts that lock them one by one."""
    list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def plans(pks: Iterable[int]) -> None:
    """Several plans in the same way."""
    rows = LearningPlan.objects.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def cohort(pk: int, by: Actor) -> Cohort:
    """The cohort: under this lock its seats are counted and given. It says whether the one who asks teaches it."""
    return Cohort.objects.for_page(by).select_for_update(of=("self",), no_key=True).get(pk=pk)


def locked(plan_id: int) -> LearningPlan:
    """The plan under a row lock, with the parties of its enrolment; a closed plan is refused."""
    plan = locked_even_closed(plan_id)
    ensure(rules.is_open(plan))
    return plan


def locked_even_closed(plan_id: int) -> LearningPlan:
    """The same for the verbs that close and reopen it."""
    plan = LearningPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan_id)
    (plan.enrolment,) = parties_of(enrolment=plan.enrolment_id)
    return plan


def locked_goal(goal_id: int) -> Goal:
    """A goal whose plan is locked. The goal is read when the lock is there, so that it is the newest."""
    plan = locked(Goal.objects.values_list("plan_id", flat=True).get(pk=goal_id))
    (goal,) = texts_of(goal=goal_id)
    goal.plan = plan
    return goal


def locked_evidence(evidence_id: int) -> Evidence:
    """A piece of evidence with its hand-ins, its plan locked; also in a plan that is closed."""
    plan = locked_even_closed(Evidence.objects.values_list("goal__plan_id", flat=True).get(pk=evidence_id))
    found = Evidence.objects.with_hand_ins().select_related("goal", "file").get(pk=evidence_id)
    found.goal.plan = plan
    return found


def seen_goal(goal_id: int, by: Actor) -> Goal:
    """The same for who may see the plan and not every goal of it: a host in an exchange sees only some."""
    if not Goal.objects.visible_to(by).filter(pk=goal_id).exists():
        raise ValidationError(_("You cannot see this goal."))
    return locked_goal(goal_id)


def locked_situation(situation_id: int) -> WorkSituation:
    """The work situation under a row lock, with the parties of its enrolment."""
    situation = WorkSituation.objects.select_for_update(of=("self",), no_key=True).get(pk=situation_id)
    (situation.enrolment,) = parties_of(enrolment=situation.enrolment_id)
    return situation
