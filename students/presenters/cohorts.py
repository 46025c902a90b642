"""A cohort at a glance: a line per student in a fixed number of queries, and what waits for the teacher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.dates import local_day, today
from students.enums import EnrolmentState, GoalResult, GoalState, PlanState
from students.filters.cohorts import COUNTED, NEEDS
from students.models import Enrolment
from students.models.answers import Said
from students.presenters.goals import SHAPES
from students.queries.cohorts import TO_DO, goals_of, last_acts
from students.queries.consent import Standing, of_whole_plan, standing_from
from ui.components import BlockState, LineBlock, LineGroup, SignParty


@dataclass(frozen=True, slots=True)
class StudentRow:
    """What the table shows of one student."""

    enrolment: Enrolment
    name: str
    employer: str
    groups: Sequence[LineGroup]
    parties: Sequence[SignParty]
    plan: str | None
    active_at: datetime | None
    next_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the teacher, with how often."""

    key: str
    label: str | Promise
    count: int


def rows_of(enrolments: Iterable[Enrolment], next_session: datetime | None) -> list[StudentRow]:
    """Lines for a page of enrolments; two more queries, for their goals and for when they last did something.

    Not as subqueries of the page: those run once a row, and a planner that guesses wrong makes seconds of them.
    """
    shown: list[Any] = list(enrolments)
    plans = [row.plan_row["pk"] for row in shown if row.plan_row]
    goals = goals_of(plans)
    active = last_acts([row.pk for row in shown], plans)
    session_on = local_day(next_session) if next_session else None
    return [
        _row(row, goals.get(row.plan_row["pk"], []) if row.plan_row else [], active.get(row.pk), session_on)
        for row in shown
    ]


def _row(
    enrolment: Any, goals: list[dict[str, Any]], active_at: datetime | None, session_on: date | None
) -> StudentRow:
    plan = enrolment.plan_row or {}
    running = enrolment.state == EnrolmentState.ENROLLED
    due = [goal["current__due_on"] for goal in goals if goal["state"] in TO_DO]
    standings = [_standing(goal, enrolment.parties.employer) for goal in goals]
    due_on = min(due, default=None) if running and plan.get("state") == PlanState.ACTIVE else None
    return StudentRow(
        enrolment=enrolment,
        name=enrolment.student.full_name,
        employer=enrolment.parties.employer_name,
        groups=_groups(goals, standings),
        parties=_signs(standings) if goals else [],
        plan=plan.get("public_id"),
        active_at=active_at,
        next_on=min((day for day in (due_on, session_on) if day and running), default=None),
        is_late=bool(due_on and due_on < today()),
    )


def _groups(goals: list[dict[str, Any]], standings: list[Standing[Said]]) -> list[LineGroup]:
    own = str(pgettext_lazy("progress line", "Own"))
    pairs = zip(goals, standings, strict=True)
    groups = [list(members) for _key, members in groupby(pairs, key=lambda pair: pair[0]["work_process"])]
    return [
        LineGroup(
            members[0][0]["work_process__code"] or own,
            [LineBlock(_block(goal, standing), "") for goal, standing in members],
        )
        for members in groups
    ]


def _block(goal: dict[str, Any], standing: Standing[Said]) -> BlockState:
    if goal["result"] == GoalResult.PASSED:
        return "done"
    if goal["state"] == GoalState.PROPOSED:
        return "back" if standing.has_change else "todo"
    return "todo" if goal["state"] == GoalState.AGREED else "busy"


def _signs(standings: list[Standing[Said]]) -> list[SignParty]:
    """The parties' answers to the plan as a whole."""
    return [SignParty(shape, of_whole_plan(standings, party)) for party, shape in SHAPES.items()]


def _standing(goal: dict[str, Any], employer: int | None) -> Standing[Said]:
    return standing_from(
        [Said(row["party"], row["answer"], row["organisation"]) for row in goal["answers"]],
        state=goal["state"],
        plan_state=goal["plan__state"],
        is_asked=goal["latest__asked_at"] is not None,
        is_agreed=goal["current"] is not None,
        employer_id=employer,
    )


def needs_of(cohort: Any) -> list[Need]:
    """What waits for the teacher in a cohort of `with_needs`, in the order of NEEDS; counts of zero are left out."""
    found = [Need(key, label, getattr(cohort, COUNTED[key])) for key, label in NEEDS.items()]
    return [need for need in found if need.count]
