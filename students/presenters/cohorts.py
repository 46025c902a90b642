"""How far the students of a cohort are with their plans, and what waits for the teacher, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise

from core.dates import today
from students.enums import Party, PlanState
from students.filters.cohorts import COUNTED, NEEDS
from students.models import Enrolment
from students.models.answers import Said
from students.queries.cohorts import TO_DO, goals_of
from students.queries.consent import Standing, of_whole_plan, standing_from


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """What is the matter with a student's plan: the first of these that is the case, or that it is fine.

    `late` is the first day that a goal was due and has passed; `missing` is how many parties were asked and did not
    agree yet.
    """

    kind: Literal["none", "late", "back", "missing", "unasked", "fine"]
    late: date | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the teacher, with how often."""

    key: str
    label: str | Promise
    count: int


def plans_of(enrolments: Iterable[Enrolment]) -> dict[int, PlanStanding]:
    """By enrolment of `students_of` how its plan stands; one query, for the goals of all."""
    shown: list[Any] = list(enrolments)
    goals = goals_of([row.plan_row["pk"] for row in shown if row.plan_row])
    return {
        row.pk: _standing_of(row, goals.get(row.plan_row["pk"], []) if row.plan_row else []) for row in shown
    }


def _standing_of(enrolment: Any, goals: list[dict[str, Any]]) -> PlanStanding:
    plan = enrolment.plan_row
    if not plan:
        return PlanStanding("none")
    if plan["state"] == PlanState.CLOSED:
        return PlanStanding("fine")
    due = [goal["current__due_on"] for goal in goals if goal["state"] in TO_DO]
    late = min((day for day in due if day < today()), default=None)
    if late and plan["state"] == PlanState.ACTIVE:
        return PlanStanding("late", late=late)
    employer = enrolment.employer_row["pk"] if enrolment.employer_row else None
    standings = [_standing(goal, plan["state"], employer) for goal in goals]
    states = [of_whole_plan(standings, party) for party in Party] if standings else []
    if "back" in states:
        return PlanStanding("back")
    if "wait" in states:
        return PlanStanding("missing", missing=states.count("wait"))
    if employer is not None and plan["state"] == PlanState.DRAFT:
        return PlanStanding("unasked")
    return PlanStanding("fine")


def _standing(goal: dict[str, Any], plan_state: str, employer: int | None) -> Standing[Said]:
    return standing_from(
        [Said(row["party"], row["answer"], row["organisation"]) for row in goal["answers"] or ()],
        state=goal["state"],
        plan_state=plan_state,
        is_asked=goal["asked_at"] is not None,
        is_agreed=goal["current"] is not None,
        employer_id=employer,
    )


def needs_of(cohort: Any) -> list[Need]:
    """What waits for the teacher in a cohort of `with_needs`, in the order of NEEDS; counts of zero are left out."""
    found = [Need(key, label, getattr(cohort, COUNTED[key])) for key, label in NEEDS.items()]
    return [need for need in found if need.count]
