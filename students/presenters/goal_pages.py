"""The page of one goal: what was agreed, evidence, feedback, and what this reader can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from core import states
from partnerships.actors import Actor
from students import rules
from students.enums import GoalState, Party
from students.models import Evidence, Goal
from students.presenters.goals import SIDE_WORDS, Text, goal_row
from students.presenters.plan_versions import as_text
from students.presenters.spaces import space_of_enrolment


@dataclass(frozen=True)
class Feedback:
    """What someone said about a goal, and for which side."""

    at: datetime
    text: str
    party: str
    by: User | None

    @property
    def role(self) -> Text:
        """The side in words."""
        return SIDE_WORDS[Party(self.party)]


def goal_context(actor: Actor, goal: Goal) -> dict[str, Any]:
    """Everything on the page of a goal of `for_page` but its forms."""
    enrolment = goal.plan.enrolment
    return {
        "goal": goal,
        "plan": goal.plan,
        "row": goal_row(goal, enrolment),
        "may": rules.acts_on_goal(actor, goal),
        "remarks": feedback_on(goal),
        "evidence": Evidence.objects.visible_to(actor).filter(goal=goal),
        "is_own": enrolment.student.user_id == actor.user_id,
        **_texts(goal),
        **space_of_enrolment(actor, enrolment),
    }


def _texts(goal: Goal) -> dict[str, Any]:
    """The agreed text beside a newer one, and why a goal was dropped."""
    context: dict[str, Any] = {}
    if goal.current and goal.pending:
        context |= {"old_text": as_text(goal.current), "new_text": as_text(goal.pending)}
    if goal.state == GoalState.LAPSED:
        context["dropped"] = states.history(goal).filter(to_state=GoalState.LAPSED).last()
    return context


def feedback_on(goal: Goal) -> list[Feedback]:
    """Feedback and reasons why a text was sent back, newest first."""
    said = [Feedback(row.at, row.text, row.party, row.by) for row in goal.remarks.select_related("by")]
    consents = goal.latest.consents.all() if goal.latest else []
    said += [Feedback(row.at, row.remark, row.party, row.by) for row in consents if row.remark]
    return sorted(said, key=lambda row: row.at, reverse=True)
