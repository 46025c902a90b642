"""The page of one goal: the task that brings one there, what was agreed, evidence, feedback, what happened."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from core.access import Verdict
from core.models import StateChange
from partnerships.actors import Actor
from students import rules
from students.enums import GoalState, Party
from students.models import Assessment, Consent, Evidence, Goal
from students.presenters.feedback import feedback_on
from students.presenters.goals import GoalRow, goal_row
from students.presenters.opinions import opinions_on
from students.presenters.plan_versions import as_text
from students.presenters.spaces import space_of_enrolment
from students.queries.consent import agreed_by
from students.rules import reports
from ui.components import folded
from ui.history import TrailLine, field_lines, in_time, last_act, state_lines

SHOWN = 2  # of what was said or added, the newest; the rest is folded


def goal_context(actor: Actor, goal: Goal) -> dict[str, Any]:
    """Everything on the page of a goal of `for_page` but its forms."""
    enrolment = goal.plan.enrolment
    row, may, party = (
        goal_row(goal, enrolment),
        rules.acts_on_goal(actor, goal),
        rules.party_of(actor, enrolment),
    )
    pieces = Evidence.objects.visible_to(actor).filter(goal=goal).with_hand_ins()
    evidence = _with_acts(actor, goal, list(pieces.select_related("file")))
    history = _history(goal)
    last, was_assessed = last_act(history), any(_action(line) == "assess" for line in history)
    assessments = list(Assessment.objects.of_goal(goal)) if was_assessed else []
    is_own, has_handed_in = (
        enrolment.student.person_id == actor.person_id,
        goal.state == GoalState.DEMONSTRATED,
    )
    hand_in = goal.hand_ins.standing().first() if has_handed_in else None
    opinions = opinions_on(actor, goal)
    seen = next((opinion for opinion in opinions if opinion.can_carry), None)
    task = task_of(
        row, party, may, can_show=bool(seen or any(not piece.removed_because for piece in evidence))
    )
    is_brief = (is_own and has_handed_in) or task in {"sent_back", "hand_in"}
    return {
        "goal": goal,
        "plan": goal.plan,
        "row": row,
        "may": may,
        "task": task,
        "remarks": folded(feedback_on(actor, goal, assessments), SHOWN),
        "asked_change": [answer for answer in row.standing.answers.values() if answer.answer == "change"],
        "evidence": evidence,
        "pieces": folded(evidence, len(evidence) if task == "assess" else SHOWN),  # what is judged is read
        "opinions": opinions,
        "seen": seen,
        "assessments": assessments,
        "agreed": _agreed(goal),
        "is_brief": is_brief,  # what one came for, and below it all else, folded
        "agreed_is_folded": bool(goal.current and (goal.pending or is_brief)) or row.is_achieved,
        "hand_in": hand_in,
        "rests_on": next((row for row in opinions if hand_in and row.pk == hand_in.opinion_id), None),
        "last_act": last,
        "may_take_back": rules.can_take_back(actor, goal, last),
        "history": history,
        "teacher_name": enrolment.parties.teacher_name,
        "is_own": is_own,
        "dropped": last if goal.state == GoalState.LAPSED else None,
        **_texts(goal),
        **space_of_enrolment(actor, enrolment),
    }


def _with_acts(actor: Actor, goal: Goal, evidence: list[Evidence]) -> list[Evidence]:
    """Each piece with whether this reader may report it, or remove it, because a client can be recognised in it."""
    for piece in evidence:
        piece.goal = goal
        piece.may_report = bool(reports.can_report(actor, piece))
        piece.may_remove = bool(reports.can_remove(actor, piece))
    return evidence


def task_of(row: GoalRow, party: Party | None, may: dict[str, Verdict], *, can_show: bool) -> str:
    """What this reader has to do with the goal now, by the name of its template; empty when it is someone else's turn.

    The same things, in the same order, as the steps on the first page that lead here. `can_show`: whether there is
    evidence, or what someone at work saw.
    """
    if row.standing.waits_for(party):
        return "answer"
    if may["change"] and row.standing.is_sent_back(to=party):
        return "sent_back"
    if may["assess"]:
        return "assess"
    if party != Party.STUDENT:
        return ""
    if may["resume"]:
        return "resume"
    if may["hand_in"] and can_show:
        return "hand_in"
    if may["begin"]:
        return "begin"
    return "evidence" if may["hand_in"] else ""


def correct_context(actor: Actor, goal: Goal) -> dict[str, Any]:
    """The page on which a result is corrected: what was decided so far."""
    assessments = list(Assessment.objects.of_goal(goal))
    return {"goal": goal, "assessments": assessments, **space_of_enrolment(actor, goal.plan.enrolment)}


def _texts(goal: Goal) -> dict[str, Any]:
    """The agreed text beside a newer one."""
    if goal.current and goal.pending:
        return {"old_text": as_text(goal.current), "new_text": as_text(goal.pending)}
    return {}


def _agreed(goal: Goal) -> list[Consent]:
    """Who agreed on the text that holds, as they were when they did; the newest text has its answers loaded."""
    text = goal.latest if goal.latest_id == goal.current_id else goal.current
    if text is not None and text is goal.current:
        prefetch_related_objects(
            [text], Prefetch("consents", Consent.objects.select_related("by", "organisation"))
        )
    return agreed_by(text) if text else []


def _history(goal: Goal) -> list[TrailLine]:
    """What happened to the goal; that evidence was removed is only asked for where it was."""
    lines = state_lines(goal)
    return in_time(lines, field_lines(goal)) if goal.evidence_removed else lines


def _action(line: TrailLine) -> str:
    return line.change.action if isinstance(line.change, StateChange) else ""
