"""The page of a learning plan: the same goals, read for each party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import states
from core.access import Verdict
from core.dates import local_day, today, week_of
from partnerships.actors import Actor
from programmes.models import Cohort, Session, WorkProcess
from programmes.queries.sessions import coming_or_moved
from students import rules
from students.enums import GoalResult, GoalState, Party, PlanState
from students.models import Enrolment, Goal, LearningPlan
from students.presenters.goals import GoalRow, by_turn, goal_rows, grouped, line_of, plan_parties
from students.presenters.next_steps import SOON_DAYS, assess_step, consent_step, goal_step
from students.presenters.spaces import space_of_enrolment
from students.queries.goals import goals_of
from ui.components import AgendaItem
from ui.formats import moment, span
from ui.languages import dutch, told
from ui.next_steps import NextStep, by_urgency, first_of

MOST_DATES = 2


def plan_context(actor: Actor, plan: LearningPlan, extra_steps: Iterable[NextStep] = ()) -> dict[str, Any]:
    """The plan for one reader: goals, learning line, strip, dates, and what waits for this party.

    `extra_steps` are those of higher apps (matches, signatures); the most urgent of all is the one box on the page.
    """
    rows = rows_of(actor, plan)
    groups = grouped(rows)
    party = rules.party_of(actor, plan.enrolment)
    is_own = party == Party.STUDENT
    steps = by_urgency([*steps_of(plan, rows, party), *extra_steps])
    return {
        **head_of(plan.enrolment),
        "plan": plan,
        "groups": groups,
        "turns": by_turn(rows),
        "line": line_of(groups),
        "total": len(rows),
        "achieved": sum(row.is_achieved for row in rows),
        "strip": plan_parties(plan, rows),
        "first_step": first_of(steps, reverse("student-next-steps") if is_own else ""),
        "dates": dates_of(plan.enrolment.cohort, [row.goal for row in rows]),
        "unasked": [row.goal.latest_id for row in rows if is_unasked(row)],
        "waiting": len(awaiting(rows, party)),
        "may": acts_of(actor, plan, rows),
        **space_of_enrolment(actor, plan.enrolment),
        "is_own": is_own,
        "takes_part": (),  # initiatives stand on the student's own first page alone
    }


def is_unasked(row: GoalRow) -> bool:
    """Whether nobody was asked about the newest text yet."""
    return row.goal.latest is not None and row.goal.latest.asked_at is None


def rows_of(actor: Actor, plan: LearningPlan) -> list[GoalRow]:
    """The goals of a plan that this reader may see."""
    rows = goal_rows(goals_of(actor, plan), plan.enrolment)
    for row in rows:
        row.goal.plan = plan
    return rows


def ask_context(actor: Actor, plan: LearningPlan) -> dict[str, Any]:
    """The texts that nobody was asked about yet, to be read before consent is asked."""
    return {
        "plan": plan,
        "rows": [row for row in rows_of(actor, plan) if is_unasked(row)],
        "parties": plan.enrolment.parties,
        **space_of_enrolment(actor, plan.enrolment),
    }


def coverage_context(actor: Actor, plan: LearningPlan) -> dict[str, Any]:
    """Every work process of the programme with its goals, and how many have none."""
    groups = grouped(rows_of(actor, plan))
    found = {group.rows[0].goal.work_process_id: group for group in groups}
    processes = WorkProcess.objects.of_programme(plan.enrolment.cohort.programme_id)
    rows = [(process, found.get(process.pk)) for process in processes]
    return {
        "plan": plan,
        "rows": rows,
        "gaps": sum(group is None for _process, group in rows),
        "may_edit": rules.can_edit_plan(actor, plan),
        **space_of_enrolment(actor, plan.enrolment),
    }


def acts_of(actor: Actor, plan: LearningPlan, rows: Sequence[GoalRow]) -> dict[str, Verdict | None]:
    """What a reader can do with the whole plan."""
    return {
        "edit": rules.can_edit_plan(actor, plan),
        "propose": rules.can_propose_goal(actor, plan),
        "ask": rules.can_ask_consent(actor, plan),
        "close": rules.can_close_plan(actor, plan),
        "discard": rules.can_discard_plan(actor, plan, was_asked=any(map(_was_asked, rows))),
        "reopen": _can_reopen(actor, plan),
        "read_all": rules.can_read_whole_plan(actor, plan.enrolment),
    }


def _was_asked(row: GoalRow) -> bool:
    """Whether consent was asked of the goal; of those that were dropped the act itself looks again."""
    return row.goal.current is not None or (
        row.goal.latest is not None and row.goal.latest.asked_at is not None
    )


def _can_reopen(actor: Actor, plan: LearningPlan) -> Verdict | None:
    """Whether a closed plan can be opened again; of an open one nobody asks."""
    if plan.state != PlanState.CLOSED:
        return None
    return rules.can_reopen_plan(actor, plan, states.last_act(plan))


def head_of(enrolment: Enrolment) -> dict[str, Any]:
    """Programme, workplace and week, on the plane."""
    programme = enrolment.cohort.programme
    levels = [level for level in getattr(enrolment, "qualification_levels", []) if level]
    week, weeks = week_of(today(), enrolment.starts_on, enrolment.ends_on)
    return {
        "enrolment": enrolment,
        "programme": programme.name,
        "levels": " / ".join(str(level) for level in levels),
        "workplace": enrolment.parties.employer_name,
        "week": week,
        "weeks": weeks,
    }


def awaiting(rows: Sequence[GoalRow], party: Party | None) -> list[GoalRow]:
    """The goals that wait for this party's answer."""
    return [row for row in rows if row.standing.waits_for(party)]


def steps_of(plan: LearningPlan, rows: Sequence[GoalRow], party: Party | None) -> list[NextStep]:
    """What waits for this party on this page, from the rows that are loaded anyway."""
    steps = []
    waiting = awaiting(rows, party)
    if waiting:
        steps.append(consent_step(reverse("students:plan-consent", args=[plan.public_id]), len(waiting)))
    if party == Party.STUDENT:
        steps += [
            goal_step(row.goal, is_sent_back=row.standing.is_sent_back(to=party))
            for row in rows
            if _asks_the_student(row)
        ]
    if party == Party.SCHOOL:
        steps += [assess_step(row.goal) for row in rows if row.goal.state == GoalState.DEMONSTRATED]
        back = [row.goal for row in rows if row.standing.is_sent_back(to=party)]
        steps += [goal_step(goal, is_sent_back=True) for goal in back]
    return steps


def _asks_the_student(row: GoalRow) -> bool:
    goal = row.goal
    if row.standing.is_sent_back(to=Party.STUDENT) or goal.result == GoalResult.NOT_YET:
        return True
    soon = today() + timedelta(days=SOON_DAYS)
    is_open = goal.state in {GoalState.AGREED, GoalState.BUSY}
    return is_open and goal.current is not None and goal.current.due_on <= soon


def dates_of(cohort: Cohort, goals: Sequence[Goal], most: int | None = MOST_DATES) -> list[AgendaItem]:
    """The coming days: sessions of the cohort and days before which goals are to be ready."""
    sessions = coming_or_moved(most or 50, cohort=cohort.pk)
    items = [session_item(session, session.former_start) for session in sessions]
    items += [_due_item(goal) for goal in goals if _is_to_do(goal)]
    return list(islice(sorted(items, key=lambda item: item.day), most))


def _is_to_do(goal: Goal) -> bool:
    open_states = {GoalState.AGREED, GoalState.BUSY}
    return goal.state in open_states and goal.shown is not None and goal.shown.due_on >= today()


def session_item(session: Session, was: str | None) -> AgendaItem:
    """A lesson or practice meeting in the list of coming days: when, where, about what, and what to bring.

    One that was moved says when it was before that: `was`, as it is kept on record.
    """
    place = f", {session.place}" if session.place else ""
    lines = [f"{span(session.starts_at, session.ends_at)}{place}"]
    if session.bring:
        lines.append(told(_("Bring: {things}"), things=dutch(session.bring)))
    if was is not None:
        lines.append(format_lazy(_("Moved, was: {moment}"), moment=moment(dt.datetime.fromisoformat(was))))  # type: ignore[arg-type]  # a lazy text
    title = told(
        pgettext_lazy("agenda", "{kind}: {theme}"),
        kind=session.get_kind_display().capitalize(),
        theme=dutch(session.theme),
    )
    return AgendaItem(day=local_day(session.starts_at), title=title, lines=lines)


def _due_item(goal: Goal) -> AgendaItem:
    process = goal.work_process
    lines = [format_lazy(_("Belongs to {code}"), code=process.code)] if process else []
    assert goal.shown is not None  # noqa: S101  _is_to_do saw to it
    return AgendaItem(
        day=goal.shown.due_on,
        title=told(_("Ready: {goal}"), goal=dutch(goal.shown.text)),
        lines=lines,
        url=goal.get_absolute_url(),
    )
