"""Plans and goals: propose, agree, work on them, assess them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.actors import Actor
from students.enums import EnrolmentState, GoalResult, GoalState, Party, PlanState
from students.models import Enrolment, Goal, LearningPlan
from students.rules.parties import party_of, side_of

OPEN_TEXT = frozenset({GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY})

_NO_PARTY = deny(_("Only the student, the employer and the school decide about the learning plan."))
_CLOSED = deny(_("This learning plan is closed."))
_STUDENT_ONLY = deny(_("Only the student can do this."))
_TEACHER_ONLY = deny(_("Only the student's teachers can do this."))


def _open(plan: LearningPlan) -> Verdict:
    return _CLOSED if plan.state == PlanState.CLOSED else ALLOW


def _of(actor: Actor, goal: Goal, *parties: Party) -> Verdict:
    """Whether the actor is one of the parties of an open plan."""
    party = party_of(actor, goal.plan.enrolment)
    if party not in parties:
        return _STUDENT_ONLY if parties == (Party.STUDENT,) else _TEACHER_ONLY
    return _open(goal.plan)


def can_create_plan(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The school makes the plan, for a student who is enrolled."""
    if party_of(actor, enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    if enrolment.state != EnrolmentState.ENROLLED:
        return deny(_("A learning plan is made for a student who is enrolled."))
    return ALLOW


def can_edit_plan(actor: Actor, plan: LearningPlan) -> Verdict:
    """The editor with all goals is the school's; the others propose goal by goal."""
    if party_of(actor, plan.enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    return _open(plan)


def can_propose_goal(actor: Actor, plan: LearningPlan) -> Verdict:
    """Every party may add a goal; it counts once three agree."""
    return _open(plan) if party_of(actor, plan.enrolment) else _NO_PARTY


def can_ask_consent(actor: Actor, plan: LearningPlan) -> Verdict:
    """Any party may put the texts to consent, once there is an employer to ask."""
    if party_of(actor, plan.enrolment) is None:
        return _NO_PARTY
    if plan.enrolment.parties.employer is None:
        return deny(
            _("There is no employer to ask yet: the plan stays a draft until the student has a place.")
        )
    return _open(plan)


def can_change_goal(actor: Actor, goal: Goal) -> Verdict:
    """A new text until the goal is handed in; the agreed one holds until three agree on the new one."""
    if party_of(actor, goal.plan.enrolment) is None:
        return _NO_PARTY
    if goal.state not in OPEN_TEXT:
        return deny(_("This goal was handed in or assessed: its text stands."))
    return _open(goal.plan)


def can_answer(actor: Actor, goal: Goal) -> Verdict:
    """A party answers once to the newest text, after it was put to consent."""
    party = party_of(actor, goal.plan.enrolment)
    if party is None:
        return _NO_PARTY
    if goal.state in {GoalState.ASSESSED, GoalState.LAPSED}:
        return deny(_("Nobody has to agree to this goal any more."))
    if goal.latest is None or goal.latest.asked_at is None:
        return deny(_("Nobody has asked consent for this text yet."))
    if goal.answer_of(party, goal.plan.enrolment.parties.employer) is not None:
        return deny(_("Your side has already answered to this text."))
    return _open(goal.plan)


def can_work_on(actor: Actor, goal: Goal) -> Verdict:
    """The student's acts on a goal, whatever its state: the service says when it is too early or too late."""
    return _of(actor, goal, Party.STUDENT)


def can_decide(actor: Actor, goal: Goal) -> Verdict:
    """The school's acts on a goal, whatever its state."""
    return _of(actor, goal, Party.SCHOOL)


def can_take_up(actor: Actor, goal: Goal) -> Verdict:
    """Taking a goal up again: the student or the school."""
    return _of(actor, goal, Party.STUDENT, Party.SCHOOL)


def can_begin(actor: Actor, goal: Goal) -> Verdict:
    if goal.state != GoalState.AGREED:
        return deny(_("You begin with a goal once all three have agreed."))
    return can_work_on(actor, goal)


def can_demonstrate(actor: Actor, goal: Goal) -> Verdict:
    if goal.state not in {GoalState.AGREED, GoalState.BUSY}:
        return deny(_("You hand in a goal that was agreed and is not handed in yet."))
    return can_work_on(actor, goal)


def can_assess(actor: Actor, goal: Goal) -> Verdict:
    """The school decides on the result (WEB 7.2.8 lid 3)."""
    if goal.state != GoalState.DEMONSTRATED:
        return deny(_("You assess a goal after the student has handed it in."))
    return can_decide(actor, goal)


def can_resume(actor: Actor, goal: Goal) -> Verdict:
    if goal.state != GoalState.ASSESSED or goal.result != GoalResult.NOT_YET:
        return deny(_("Only a goal that was not achieved yet can be taken up again."))
    return can_take_up(actor, goal)


def can_lapse(actor: Actor, goal: Goal) -> Verdict:
    """The school drops a goal, with the reason; what was handed in stays."""
    if goal.state not in OPEN_TEXT:
        return deny(_("This goal was handed in, assessed or dropped."))
    return can_decide(actor, goal)


def can_remark(actor: Actor, goal: Goal) -> Verdict:
    """Everyone around the student who sees the goal may give short feedback."""
    if side_of(actor, goal.plan.enrolment) is None:
        return _NO_PARTY
    return _open(goal.plan)


def can_add_evidence(actor: Actor, goal: Goal) -> Verdict:
    """The student, while there is something to prove."""
    if goal.state == GoalState.LAPSED:
        return deny(_("This goal was dropped."))
    if party_of(actor, goal.plan.enrolment) != Party.STUDENT:
        return _STUDENT_ONLY
    return _open(goal.plan)
