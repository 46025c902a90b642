"""What the pages for a moment show: a training place that is one's own, a goal that was achieved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agreements.enums import AgreementState
from agreements.models import Agreement
from partnerships.actors import Actor
from placements.models import Placement
from students.enums import GoalResult
from students.models import Assessment, Goal
from students.presenters.feedback import feedback_on
from students.presenters.goals import GoalRow
from students.presenters.plans import rows_of

# The drawing of the stairs: how wide all of it is, where the lowest step begins, how far one climbs, and its ground.
WIDE, LOWEST, CLIMB, GROUND = 440.0, 176.0, 150.0, 200.0
MOST_SAID = 2


@dataclass(frozen=True)
class Stair:
    """One step of the drawing, with the points of its rectangle."""

    x: float
    y: float
    width: float
    state: str

    @property
    def height(self) -> float:
        return GROUND - self.y

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def stairs(achieved: int, total: int) -> list[Stair]:
    """A step for each goal; the highest that was achieved is the new one."""
    width, rise = WIDE / total, CLIMB / max(total - 1, 1)
    states = ["done"] * (achieved - 1) + ["new"] + ["todo"] * (total - achieved)
    return [
        Stair(round(at * width, 1), round(LOWEST - at * rise, 1), round(width, 1), state)
        for at, state in enumerate(states)
    ]


def goal_context(actor: Actor, goal: Goal) -> dict[str, Any]:
    """A goal of one's own that was achieved: how far one is, what was said of it, and what comes next."""
    rows = rows_of(actor, goal.plan)
    achieved = sum(row.is_achieved for row in rows)
    steps = stairs(achieved, len(rows))
    return {
        "goal": goal,
        "achieved": achieved,
        "total": len(rows),
        "left": len(rows) - achieved,
        "stairs": steps,
        "here": steps[achieved - 1],
        "said": feedback_on(actor, goal, list(Assessment.objects.of_goal(goal)))[:MOST_SAID],
        "next_row": _next(rows),
        "space": "student",
    }


def is_achieved(goal: Goal) -> bool:
    """Whether there is anything to celebrate."""
    return goal.result == GoalResult.PASSED


def _next(rows: Sequence[GoalRow]) -> GoalRow | None:
    """What is worked on and due first, or else what comes first."""
    open_rows = [row for row in rows if not row.is_achieved]
    return min(open_rows, key=lambda row: (not row.is_now, row.due_on), default=None)


def placement_context(placement: Placement) -> dict[str, Any]:
    """A place of one's own, with what is to be done until the first day."""
    agreed = Agreement.objects.filter(placement=placement, state=AgreementState.ACTIVE)
    return {"placement": placement, "is_agreed": agreed.exists(), "space": "student"}
