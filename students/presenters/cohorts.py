"""A cohort at a glance: a line per student in a fixed number of queries, and what waits for the teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.dates import local_day, today
from programmes.models import Cohort
from programmes.models.qualifications import in_order
from students.enums import EnrolmentState, GoalResult, GoalState, Party, PlanState
from students.filters.cohorts import NEEDS
from students.models import Consent, Enrolment, Evidence, Goal, LearningPlan, WorkSituation
from students.models.goals import Said
from students.presenters.goals import SHAPES
from students.queries.cohorts import TO_DO
from students.queries.consent import Standing, of_whole_plan, standing_from
from ui.components import BlockState, LineBlock, LineGroup, SignParty

_ORDER = Case(
    When(state=EnrolmentState.ENROLLED, then=Value(0)),
    When(state=EnrolmentState.WAITING, then=Value(1)),
    default=Value(2),
)


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


def students_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments of a cohort with employer and plan; what hangs on the plan is read once a page."""
    plans = LearningPlan.objects.filter(enrolment=OuterRef("pk")).order_by("-pk")
    return (
        Enrolment.objects.filter(cohort=cohort)
        .with_parties()
        .annotate(
            plan_row=Subquery(plans.values(row=JSONObject(pk="pk", public_id="public_id", state="state"))[:1])
        )
        .order_by(_ORDER, "student__sort_name", "pk")
    )


def rows_of(enrolments: Iterable[Enrolment], next_session: datetime | None) -> list[StudentRow]:
    """Lines for a page of enrolments; two more queries, for their goals and for when they last did something.

    Not as subqueries of the page: those run once a row, and a planner that guesses wrong makes seconds of them.
    """
    shown: list[Any] = list(enrolments)
    plans = [row.plan_row["pk"] for row in shown if row.plan_row]
    goals = _goals_of(plans)
    active = _last_acts([row.pk for row in shown], plans)
    session_on = local_day(next_session) if next_session else None
    return [
        _row(row, goals.get(row.plan_row["pk"], []) if row.plan_row else [], active.get(row.pk), session_on)
        for row in shown
    ]


_GOAL_COLUMNS = (
    "plan_id",
    "plan__state",
    "state",
    "result",
    "work_process",
    "work_process__code",
    "current__due_on",
    "latest__asked_at",
    "answers",
)


def _goals_of(plans: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Live goals by plan, with the answers to their newest text."""
    answers = ArraySubquery(
        Consent.objects.filter(goal_version=OuterRef("latest"))
        .order_by("at", "pk")
        .values(row=JSONObject(party="party", answer="answer", organisation="organisation_id"))
    )
    found: Any = (
        Goal.objects.live()
        .filter(plan__in=plans)
        .annotate(answers=answers)
        .order_by(*in_order("work_process__"), "position", "pk")
        .values(*_GOAL_COLUMNS)
    )
    goals: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for goal in found:
        goals[goal["plan_id"]].append(goal)
    return goals


def _last_acts(enrolments: list[int], plans: list[int]) -> dict[int, datetime]:
    """When each student last brought something in, added evidence or answered, by enrolment."""
    situations = WorkSituation.objects.filter(enrolment__in=enrolments)
    evidence = Evidence.objects.filter(goal__plan__in=plans)
    answers = Consent.objects.filter(goal_version__goal__plan__in=plans, party=Party.STUDENT)
    acts: Any = _newest(situations, "enrolment_id", "created_at").union(
        _newest(evidence, "goal__plan__enrolment_id", "created_at"),
        _newest(answers, "goal_version__goal__plan__enrolment_id", "at"),
        all=True,
    )
    newest: dict[int, datetime] = {}
    for enrolment, at in acts:
        newest[enrolment] = max(at, newest.get(enrolment, at))
    return newest


def _newest(rows: Any, key: str, moment: str) -> Any:
    return rows.order_by().values(whose=F(key)).annotate(last=Max(moment)).values_list("whose", "last")


def _row(
    enrolment: Any, goals: list[dict[str, Any]], active_at: datetime | None, session_on: date | None
) -> StudentRow:
    plan = enrolment.plan_row or {}
    running = enrolment.state == EnrolmentState.ENROLLED
    due = [goal["current__due_on"] for goal in goals if goal["state"] in TO_DO]
    due_on = min(due, default=None) if running and plan.get("state") == PlanState.ACTIVE else None
    return StudentRow(
        enrolment=enrolment,
        name=enrolment.student.full_name,
        employer=enrolment.parties.employer_name,
        groups=_groups(goals, enrolment.parties.employer),
        parties=_signs(goals, enrolment.parties.employer) if goals else [],
        plan=plan.get("public_id"),
        active_at=active_at,
        next_on=min((day for day in (due_on, session_on) if day and running), default=None),
        is_late=bool(due_on and due_on < today()),
    )


def _groups(goals: list[dict[str, Any]], employer: int | None) -> list[LineGroup]:
    own = str(pgettext_lazy("progress line", "Own"))
    groups = [list(members) for _key, members in groupby(goals, key=lambda goal: goal["work_process"])]
    return [
        LineGroup(
            members[0]["work_process__code"] or own,
            [LineBlock(_block(goal, _standing(goal, employer)), "") for goal in members],
        )
        for members in groups
    ]


def _block(goal: dict[str, Any], standing: Standing[Said]) -> BlockState:
    if goal["result"] == GoalResult.PASSED:
        return "done"
    if goal["state"] == GoalState.PROPOSED:
        return "back" if standing.has_change else "todo"
    return "todo" if goal["state"] == GoalState.AGREED else "busy"


def _signs(goals: list[dict[str, Any]], employer: int | None) -> list[SignParty]:
    """The parties' answers to the plan as a whole."""
    standings = [_standing(goal, employer) for goal in goals]
    return [SignParty(shape, of_whole_plan(standings, party)) for party, shape in SHAPES.items()]


def _standing(goal: dict[str, Any], employer: int | None) -> Standing[Said]:
    return standing_from(
        [Said(row["party"], row["answer"], row["organisation"]) for row in goal["answers"]],
        state=goal["state"],
        plan_state=goal["plan__state"],
        is_asked=goal["latest__asked_at"] is not None,
        employer_id=employer,
    )


def needs_of(cohort: Any) -> list[Need]:
    """What waits, most first as the day asks; nothing of what is zero."""
    found = [Need(key, label, getattr(cohort, f"n_{key.replace('-', '_')}")) for key, label in NEEDS.items()]
    return [need for need in found if need.count]
