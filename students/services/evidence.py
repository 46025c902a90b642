"""Evidence of a student: kept under a random name, handed out by a view that checks who asks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from students.enums import GoalState, PlanState
from students.models import Evidence, Goal
from students.services.plans import locked_goal

MOST_PER_GOAL = 50


@transaction.atomic
def add(
    *,
    goal_id: int,
    by: Actor,
    text: str,
    visible_for: str,
    file: Any = None,
    file_name: str = "",
    content_type: str = "",
    size: int = 0,
) -> Evidence:
    """Add a text or a checked file. The same evidence sent twice in a row is kept once."""
    goal = locked_goal(goal_id)
    if goal.state == GoalState.LAPSED:
        raise ValidationError(_("This goal was dropped."))
    newest = goal.evidence.first()
    if newest and (newest.text, newest.file_name, newest.size) == (text, file_name, size):
        return newest
    if goal.evidence.count() >= MOST_PER_GOAL:
        raise ValidationError(_("There are 50 pieces of evidence with this goal. Remove one first."))
    return Evidence.objects.create(
        goal=goal,
        text=text,
        visible_for=visible_for,
        file=file or "",
        file_name=file_name,
        content_type=content_type,
        size=size,
    )


@transaction.atomic
def remove(*, evidence_id: int, by: Actor) -> Goal:
    """Take a piece of evidence away, its file too; not once the goal was assessed on it."""
    evidence = Evidence.objects.select_related("goal__plan").get(pk=evidence_id)
    goal = evidence.goal
    if goal.state == GoalState.ASSESSED:
        raise ValidationError(_("This goal was assessed on this evidence, so it stays."))
    if goal.plan.state == PlanState.CLOSED:
        raise ValidationError(_("This learning plan is closed."))
    file = evidence.file
    evidence.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name or ""))
    return goal
