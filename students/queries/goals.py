"""The goals of a plan as a reader sees them, with the answers to their newest texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from core.lookups import keys_of
from core.written import attach, written
from partnerships.actors import Actor
from programmes.models.qualifications import in_order
from students.models import Consent, Goal, LearningPlan


def goals_of(actor: Actor, plan: LearningPlan) -> list[Goal]:
    """Those that this reader may see, in the order of the work processes."""
    goals = _goals(actor=actor, plan=plan.pk, programme=plan.enrolment.cohort.programme_id)
    with_answers(goals)
    return goals


def with_answers(goals: Iterable[Goal]) -> None:
    """Load the answers to the newest texts of these goals: `latest.consents` then costs nothing."""
    texts = [goal.latest for goal in goals if goal.latest is not None]
    attach(texts, "consents", _answers(texts=[text.pk for text in texts]), by="goal_version_id")


@written
def goals_to_reach(*, enrolment: int) -> QuerySet[Goal]:
    """Of one student, in the order of the work processes, with the days on which they are to be ready."""
    goals = Goal.objects.filter(plan__enrolment=enrolment).live()
    ordered = goals.order_by(*in_order("work_process__"), "position", "pk")
    return ordered.select_related("work_process", "current", "latest")


def goals_at_work(actor: Actor, enrolments: Collection[int]) -> list[Goal]:
    """Those of several students that this reader may see."""
    goals = _goals_of(actor=actor, enrolments=enrolments) if enrolments else []
    with_answers(goals)
    return goals


@written
def _goals_of(*, actor: Actor, enrolments: Collection[int]) -> QuerySet[Goal]:
    plans = LearningPlan.objects.filter(enrolment__in=enrolments)
    # Of their plans twice: or all plans there are would be read beside these.
    rows = Goal.objects.visible_to(actor).filter(plan__in=keys_of(plans), plan__enrolment__in=enrolments)
    return rows.live().for_list().prefetch_related(None)


@written
def _goals(*, actor: Actor, plan: int, programme: int) -> QuerySet[Goal]:
    rows = Goal.objects.visible_to(actor).filter(plan=plan).live()
    return rows.for_list(programme).prefetch_related(None)


@written
def _answers(*, texts: Collection[int]) -> QuerySet[Consent]:
    found = Consent.objects.select_related("by", "organisation").filter(goal_version__in=texts)
    return found.order_by("number")
