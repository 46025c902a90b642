"""A cohort at a glance: a line per student in a fixed number of queries, and what waits for the teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Max, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest, JSONObject
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.components import BlockState, LineBlock, LineGroup, PartyName, SignParty, SignState
from core.dates import today
from programmes.models import Cohort
from students.enums import Answer, EnrolmentState, GoalResult, GoalState, Party, PlanState
from students.filters.cohorts import NEEDS
from students.models import Consent, Enrolment, Evidence, Goal, LearningPlan, WorkSituation
from students.models.cohorts import TO_DO

PARTIES: tuple[PartyName, ...] = ("student", "employer", "school")
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
    plan: UUID | None
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
    """The enrolments of a cohort with everything a line needs, except the goals."""
    plans = LearningPlan.objects.filter(enrolment=OuterRef("pk")).order_by("-pk")
    due = (
        Goal.objects.filter(plan__enrolment=OuterRef("pk"), plan__state=PlanState.ACTIVE, state__in=TO_DO)
        .order_by()
        .values("plan__enrolment")
        .annotate(first=Min("current__due_on"))
    )
    return (
        Enrolment.objects.filter(cohort=cohort)
        .with_parties()
        .annotate(
            plan_key=Subquery(plans.values("pk")[:1]),
            plan_uuid=Subquery(plans.values("public_id")[:1]),
            due_on=Subquery(due.values("first")),
            active_at=_last_act(),
        )
        .order_by(_ORDER, "student__sort_name", "pk")
    )


def _last_act() -> Greatest:
    """When the student last brought something in, added evidence or answered."""
    me = OuterRef("pk")
    by_goal = "goal_version__goal__plan__enrolment"
    return Greatest(
        _latest(WorkSituation.objects.filter(enrolment=me), "created_at", "enrolment"),
        _latest(Evidence.objects.filter(goal__plan__enrolment=me), "created_at", "goal__plan__enrolment"),
        _latest(Consent.objects.filter(party=Party.STUDENT, **{by_goal: me}), "at", by_goal),
    )


def _latest(rows: Any, field: str, key: str) -> Subquery:
    return Subquery(rows.order_by().values(key).annotate(last=Max(field)).values("last"))


def rows_of(enrolments: Iterable[Enrolment], next_session: datetime | None) -> list[StudentRow]:
    """Lines for a page of enrolments; one more query, for all their goals."""
    shown: list[Any] = list(enrolments)
    answers = ArraySubquery(
        Consent.objects.filter(goal_version=OuterRef("latest"))
        .order_by("pk")
        .values(row=JSONObject(party="party", answer="answer", organisation="organisation_id"))
    )
    goals: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found: Any = (
        Goal.objects.live()
        .filter(plan__in=[row.plan_key for row in shown if row.plan_key])
        .annotate(answers=answers)
        .order_by("work_process__core_task__code", "work_process__number", "position", "pk")
        .values("plan_id", "state", "result", "work_process__code", "latest__asked_at", "answers")
    )
    for goal in found:
        goals[goal["plan_id"]].append(goal)
    session_on = next_session.date() if next_session else None
    return [_row(row, goals.get(row.plan_key, []), session_on) for row in shown]


def _row(enrolment: Any, goals: list[dict[str, Any]], session_on: date | None) -> StudentRow:
    running = enrolment.state == EnrolmentState.ENROLLED
    days = [day for day in (enrolment.due_on, session_on) if day] if running else []
    return StudentRow(
        enrolment=enrolment,
        name=enrolment.student.full_name,
        employer=enrolment.parties.employer_name,
        groups=_groups(goals),
        parties=[_sign(goals, party, enrolment.parties.employer) for party in PARTIES] if goals else [],
        plan=enrolment.plan_uuid,
        active_at=enrolment.active_at,
        next_on=min(days, default=None),
        is_late=bool(running and enrolment.due_on and enrolment.due_on < today()),
    )


def _groups(goals: list[dict[str, Any]]) -> list[LineGroup]:
    own = str(pgettext_lazy("progress line", "Own"))
    return [
        LineGroup(code or own, [LineBlock(_block(goal), "") for goal in members])
        for code, members in groupby(goals, key=lambda goal: goal["work_process__code"])
    ]


def _block(goal: dict[str, Any]) -> BlockState:
    if goal["result"] == GoalResult.PASSED:
        return "done"
    if goal["state"] == GoalState.PROPOSED:
        sent_back = any(answer["answer"] == Answer.CHANGE for answer in goal["answers"])
        return "back" if sent_back else "todo"
    return "todo" if goal["state"] == GoalState.AGREED else "busy"


def _sign(goals: list[dict[str, Any]], party: PartyName, employer: int | None) -> SignParty:
    """The party's answer to the plan as a whole: the least far of its answers to the goals."""
    states = {_answer(goal, party, employer) for goal in goals if goal["state"] != GoalState.ASSESSED}
    order: tuple[SignState, ...] = ("back", "wait", "none")
    return SignParty(party, next((state for state in order if state in states), "ok"))


def _answer(goal: dict[str, Any], party: PartyName, employer: int | None) -> SignState:
    for row in goal["answers"]:
        former = party == Party.EMPLOYER.value and employer not in (None, row["organisation"])
        if row["party"] == party and not former:
            return "ok" if row["answer"] == Answer.YES else "back"
    return "wait" if goal["latest__asked_at"] else "none"


def needs_of(cohort: Any) -> list[Need]:
    """What waits, most first as the day asks; nothing of what is zero."""
    found = [Need(key, label, getattr(cohort, f"n_{key.replace('-', '_')}")) for key, label in NEEDS.items()]
    return [need for need in found if need.count]
