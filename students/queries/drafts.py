"""Whether a plan is still a draft that nobody else was asked about, and what is read of one."""

from __future__ import annotations

from collections.abc import Iterable

from students.models import Goal, GoalVersion, LearningPlan


def was_asked(plan: LearningPlan) -> bool:
    """Whether any text of the plan was ever put to consent or agreed."""
    texts = GoalVersion.objects.filter(goal__plan=plan)
    return texts.exclude(asked_at=None, agreed_at=None).exists()


def read_of(goals: Iterable[Goal]) -> str:
    """These goals as they are now, to be sent along with what is done to them."""
    return ".".join(f"{goal.pk}-{goal.row_version}" for goal in goals)
