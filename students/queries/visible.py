"""Plans, goals, enrolments and evidence at an address, as their reader sees them; and what a lock is followed by."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from core.written import written
from partnerships.actors import Actor
from students.models import Enrolment, Evidence, Goal, LearningPlan
from students.queries.goals import with_answers


def plan_at(*, actor: Actor, public_id: UUID) -> list[LearningPlan]:
    """The plan at an address, for who may see it, with its parties and programme."""
    plans = _plan_at(actor=actor, public_id=public_id)
    for plan in plans:
        (plan.enrolment,) = _enrolment(key=plan.enrolment_id)
    return plans


@written
def _plan_at(*, actor: Actor, public_id: UUID) -> QuerySet[LearningPlan]:
    rows = LearningPlan.objects.visible_to(actor).for_page().filter(public_id=public_id)
    return rows.prefetch_related(None)


def goal_at(*, actor: Actor, public_id: UUID) -> list[Goal]:
    """The goal at an address, for who may see it, with its plan, parties, answers and what was seen at work."""
    return _whole(_goal_at(actor=actor, public_id=public_id))


def goal_by_key(*, actor: Actor, key: int) -> list[Goal]:
    """The same by its key."""
    return _whole(_goal_by_key(actor=actor, key=key))


def _whole(goals: list[Goal]) -> list[Goal]:
    with_answers(goals)
    for goal in goals:
        (goal.plan.enrolment,) = _enrolment(key=goal.plan.enrolment_id)
    return goals


@written
def _goal_at(*, actor: Actor, public_id: UUID) -> QuerySet[Goal]:
    return Goal.objects.visible_to(actor).for_page().filter(public_id=public_id).prefetch_related(None)


@written
def _goal_by_key(*, actor: Actor, key: int) -> QuerySet[Goal]:
    return Goal.objects.visible_to(actor).for_page().filter(pk=key).prefetch_related(None)


@written
def _enrolment(*, key: int) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(pk=key).for_page()


@written
def enrolment_at(*, actor: Actor, public_id: UUID) -> QuerySet[Enrolment]:
    """An enrolment in which the actor is a party."""
    return Enrolment.objects.parties_visible_to(actor).for_page().filter(public_id=public_id)


@written
def evidence_at(*, actor: Actor, public_id: UUID) -> QuerySet[Evidence]:
    """A piece of evidence that the student shows to the actor."""
    rows = Evidence.objects.visible_to(actor).with_hand_ins().filter(public_id=public_id)
    return rows.select_related("goal__plan__enrolment__student__person", "file")


@written
def parties_of(*, enrolment: int) -> QuerySet[Enrolment]:
    """An enrolment with its parties, as it is now."""
    return Enrolment.objects.filter(pk=enrolment).with_parties()


@written
def texts_of(*, goal: int) -> QuerySet[Goal]:
    """A goal with both its texts, as it is now."""
    return Goal.objects.filter(pk=goal).select_related("current", "latest")
