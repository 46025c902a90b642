"""Own students of an employer or a supervisor, with what each one works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.actors import Actor
from students import rules
from students.enums import GoalState
from students.models import Enrolment, Goal, LearningPlan
from students.presenters.goals import GoalRow, goal_rows, grouped, line_of, plan_parties
from students.presenters.plans import awaiting
from students.queries.goals import goals_at_work
from ui.components import LineGroup, SignParty

MOST_SHOWN = 3


@dataclass(frozen=True)
class WorkplaceRow:
    """A student as the list draws it."""

    enrolment: Enrolment
    plan: LearningPlan | None
    goals: Sequence[GoalRow]
    line: Sequence[LineGroup]
    strip: Sequence[SignParty]
    waiting: int  # goals that wait for the reader's answer

    @property
    def shown(self) -> Sequence[GoalRow]:
        """What a supervisor gives feedback on: what is worked on now, or else what comes first."""
        open_rows = [row for row in self.goals if not row.is_achieved]
        now = [row for row in open_rows if row.goal.state in {GoalState.BUSY, GoalState.DEMONSTRATED}]
        return (now or open_rows or self.goals)[:MOST_SHOWN]


def workplace_rows(actor: Actor, enrolments: Sequence[Enrolment]) -> list[WorkplaceRow]:
    """A line per enrolment of `with_open_plan`; the goals in two queries for all."""
    goals: dict[int, list[Goal]] = {}
    for goal in goals_at_work(actor, [enrolment.pk for enrolment in enrolments]):
        goals.setdefault(goal.plan_id, []).append(goal)
    return [_row(actor, enrolment, goals) for enrolment in enrolments]


def _row(actor: Actor, enrolment: Enrolment, goals: dict[int, list[Goal]]) -> WorkplaceRow:
    plans: list[LearningPlan] = enrolment.open_plans  # type: ignore[attr-defined]  # by `with_open_plan`
    plan = plans[0] if plans else None
    if plan is not None:
        plan.enrolment = enrolment
    found = goal_rows(goals.get(plan.pk, []) if plan else [], enrolment)
    return WorkplaceRow(
        enrolment=enrolment,
        plan=plan,
        goals=found,
        line=line_of(grouped(found)),
        strip=plan_parties(plan, found) if plan else [],
        waiting=len(awaiting(found, rules.party_of(actor, enrolment))),
    )
