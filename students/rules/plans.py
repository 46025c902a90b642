"""Plans and goals: propose, agree, work on them, assess them.

Rows are those of `for_page`. Who is no party never may (`deny`); a party may not at this moment when the plan is closed,
or when the goal is in another state (`not_now`).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.models import StateChange
from partnerships.actors import Actor
from students.enums import Answer, EnrolmentState, GoalOrigin, GoalResult, GoalState, Party, PlanState
from students.models import Enrolment, Evidence, Goal, LearningPlan
from students.rules.parties import at_work, party_of, side_of

OPEN_TEXT = frozenset({GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY})
ORIGINS = {
    Party.STUDENT: GoalOrigin.STUDENT,
    Party.EMPLOYER: GoalOrigin.EMPLOYER,
    Party.SCHOOL: GoalOrigin.QUALIFICATION,
}

_NO_PARTY = deny(_("Only the student, the employer and the school decide about the learning plan."))
_STUDENT_ONLY = deny(_("Only the student can do this."))
_TEACHER_ONLY = deny(_("Only the student's teachers can do this."))


def is_open(plan: LearningPlan) -> Verdict:
    """Whether anything can be done in a plan: in a closed one nothing can."""
    return states.permits(plan, "close")


def origin_of(actor: Actor, plan: LearningPlan, *, has_process: bool) -> GoalOrigin:
    """Whose question a goal is that the actor proposes: with a work process it is from the qualification."""
    party = party_of(actor, plan.enrolment)
    return GoalOrigin.QUALIFICATION if has_process or party is None else ORIGINS[party]


def _of(actor: Actor, goal: Goal, *parties: Party) -> Verdict:
    """Whether the actor is one of the parties of an open plan."""
    if party_of(actor, goal.plan.enrolment) not in parties:
        return _STUDENT_ONLY if parties == (Party.STUDENT,) else _TEACHER_ONLY
    return is_open(goal.plan)


def can_create_plan(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The school makes the plan, for a student who is enrolled."""
    if party_of(actor, enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    if enrolment.state != EnrolmentState.ENROLLED:
        return not_now(_("A learning plan is made for a student who is enrolled."))
    return ALLOW


def can_edit_plan(actor: Actor, plan: LearningPlan) -> Verdict:
    """The editor with all goals is the school's; the others propose goal by goal."""
    if party_of(actor, plan.enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    return is_open(plan)


def can_close_plan(actor: Actor, plan: LearningPlan) -> Verdict:
    """The school closes a plan, also while the student is still enrolled: another one can then be made."""
    return can_edit_plan(actor, plan)


def can_reopen_plan(actor: Actor, plan: LearningPlan, act: StateChange | None) -> Verdict:
    """The school takes the closing back, `act`, while the student is enrolled."""
    if party_of(actor, plan.enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    if plan.enrolment.state != EnrolmentState.ENROLLED:
        return not_now(_("This student is not enrolled now, so the learning plan stays closed."))
    return states.permits_undo(plan, act)


def can_propose_goal(actor: Actor, plan: LearningPlan) -> Verdict:
    """Every party may add a goal; it counts once three agree."""
    return is_open(plan) if party_of(actor, plan.enrolment) else _NO_PARTY


def can_ask_consent(actor: Actor, plan: LearningPlan) -> Verdict:
    """Any party may put the texts to consent, once there is an employer to ask (docs/domain.md 3)."""
    if party_of(actor, plan.enrolment) is None:
        return _NO_PARTY
    if plan.enrolment.parties.employer is None:
        return not_now(
            _(
                "There is no employer to ask yet: the plan stays a draft until the student has a training place."
            )
        )
    return is_open(plan)


def can_consent(actor: Actor, plan: LearningPlan) -> Verdict:
    """The parties of an open plan have a page on which they answer; `can_answer` is about one goal."""
    return can_propose_goal(actor, plan)


def can_change_goal(actor: Actor, goal: Goal) -> Verdict:
    """A new text until the goal is handed in; the agreed one holds until three agree on the new one."""
    if party_of(actor, goal.plan.enrolment) is None:
        return _NO_PARTY
    if goal.state not in OPEN_TEXT:
        return not_now(_("This goal was handed in or assessed: its text stands."))
    return is_open(goal.plan)


def can_answer(actor: Actor, goal: Goal) -> Verdict:
    """A party answers to the newest text, after it was put to consent, and may answer anew until all three agree."""
    party = party_of(actor, goal.plan.enrolment)
    if party is None:
        return _NO_PARTY
    if goal.state in {GoalState.ASSESSED, GoalState.LAPSED}:
        return not_now(_("Nobody has to agree to this goal any more."))
    if goal.latest is None or goal.latest.asked_at is None:
        return not_now(_("Nobody has asked consent for this text yet."))
    employer = goal.plan.enrolment.parties.employer
    if party == Party.EMPLOYER and employer is None:
        return not_now(_("This student has no employer at the moment."))
    mine = goal.answers_of(employer).get(party)
    if mine is not None and mine.answer == Answer.YES and goal.current_id == goal.latest_id:
        return not_now(_("All three agreed on this text. Propose another text when you want a change."))
    return is_open(goal.plan)


def capacity_of(actor: Actor, enrolment: Enrolment) -> Role:
    """As what a party's person speaks: what is kept with the answer, whatever roles come later."""
    parties = enrolment.parties
    party = party_of(actor, enrolment)
    if party == Party.STUDENT:
        return Role.STUDENT
    if party == Party.SCHOOL:
        return Role.TEACHER
    if parties.employer is not None and actor.has_role(parties.employer, Role.PRACTICE_TRAINER):
        return Role.PRACTICE_TRAINER
    if parties.employer is not None and actor.has_role(parties.employer, Role.CONTACT):
        return Role.CONTACT
    return Role.SUPERVISOR


def can_begin(actor: Actor, goal: Goal) -> Verdict:
    """The student starts on a goal that was agreed."""
    return _of(actor, goal, Party.STUDENT) and states.permits(goal, "begin")


def can_hand_in(actor: Actor, goal: Goal) -> Verdict:
    """The student hands a goal in."""
    return _of(actor, goal, Party.STUDENT) and states.permits(goal, "hand_in")


def can_assess(actor: Actor, goal: Goal) -> Verdict:
    """The school decides on the result of a goal that was handed in (WEB 7.2.8 lid 3)."""
    return _of(actor, goal, Party.SCHOOL) and states.permits(goal, "assess")


def can_correct(actor: Actor, goal: Goal) -> Verdict:
    """The school corrects its own result, at any time, with the reason."""
    return _of(actor, goal, Party.SCHOOL) and states.permits(goal, "correct")


# Whose act it was, and who may take it back
TAKES_BACK = {"hand_in": Party.STUDENT, "assess": Party.SCHOOL, "lapse": Party.SCHOOL}


def can_take_back(actor: Actor, goal: Goal, act: StateChange | None) -> Verdict:
    """Take back what happened last: the student a hand-in until it is judged, the school a result or the dropping."""
    if act is None or act.action not in TAKES_BACK:
        return _of(actor, goal, *Party) and states.permits_undo(goal, act)
    return _of(actor, goal, TAKES_BACK[act.action]) and states.permits_undo(goal, act)


def can_resume(actor: Actor, goal: Goal) -> Verdict:
    """The student or the school takes a goal up again that was not achieved yet."""
    if goal.result == GoalResult.PASSED:
        return _of(actor, goal, Party.STUDENT, Party.SCHOOL) and not_now(Goal.REFUSALS["resume"])
    return _of(actor, goal, Party.STUDENT, Party.SCHOOL) and states.permits(goal, "resume")


def can_lapse(actor: Actor, goal: Goal) -> Verdict:
    """The school drops a goal, with the reason; what was handed in stays."""
    return _of(actor, goal, Party.SCHOOL) and states.permits(goal, "lapse")


def can_remark(actor: Actor, goal: Goal) -> Verdict:
    """Everyone around the student who sees the goal may give short feedback."""
    return is_open(goal.plan) if side_of(actor, goal.plan.enrolment) else _NO_PARTY


def can_give_opinion(actor: Actor, goal: Goal) -> Verdict:
    """Who sees the student work says what was seen of an agreed text, until the school has decided (WEB 7.2.8)."""
    if at_work(actor, goal.plan.enrolment) is None:
        return deny(
            _("Only the supervisor, practice trainers and contact persons at work give this opinion.")
        )
    if goal.current is None or goal.state not in {GoalState.BUSY, GoalState.DEMONSTRATED}:
        return not_now(
            _("You can give your opinion while the student works on this goal or has handed it in.")
        )
    return is_open(goal.plan)


def can_add_evidence(actor: Actor, goal: Goal) -> Verdict:
    """The student, while there is something to prove."""
    if goal.state == GoalState.LAPSED:
        return _of(actor, goal, Party.STUDENT) and not_now(_("This goal was dropped."))
    return _of(actor, goal, Party.STUDENT)


def can_share_evidence(actor: Actor, goal: Goal, *, is_reported: bool = False) -> Verdict:
    """The student decides who may read it as long as the plan is open, and of what was reported also later."""
    verdict = _of(actor, goal, Party.STUDENT)
    return ALLOW if is_reported and not verdict.is_final else verdict


def can_edit_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """The student writes it anew as long as it can be removed: what the school judges on stays as it was handed in."""
    return can_remove_evidence(actor, evidence)


def can_remove_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """The student, until it was handed in: what the school judged on stays. On rows of `with_hand_ins`.

    That the school removed something stays too.
    """
    if evidence.removed_because:
        return _of(actor, evidence.goal, Party.STUDENT) and not_now(_("Your school removed this evidence."))
    if evidence.was_handed_in:
        return _of(actor, evidence.goal, Party.STUDENT) and not_now(
            _(
                "You handed this in, so it stays. As long as it is not assessed, you can take the hand-in back."
            )
        )
    return can_share_evidence(actor, evidence.goal, is_reported=evidence.is_reported)


def can_replace_file(actor: Actor, evidence: Evidence) -> Verdict:
    """The student gives another file for one that nobody can open any more, also of what was handed in."""
    verdict = _of(actor, evidence.goal, Party.STUDENT)
    if verdict and (evidence.file is None or not evidence.file.is_lost):
        return not_now(_("Nothing is wrong with this file, so it stays as it is."))
    return verdict


def can_hide_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Show it to teachers no longer: not while it is handed in. On rows of `with_hand_ins`."""
    if evidence.is_handed_in:
        return _of(actor, evidence.goal, Party.STUDENT) and not_now(
            _("You handed this in, so your teachers keep reading it. You can show it to others too.")
        )
    return can_share_evidence(actor, evidence.goal, is_reported=evidence.is_reported)


def can_discard_plan(actor: Actor, plan: LearningPlan, *, was_asked: bool) -> Verdict:
    """Throw a whole plan away: for the school, which made it; `was_asked`: whether consent was asked of any text."""
    verdict = can_edit_plan(actor, plan)
    if verdict and (was_asked or plan.state != PlanState.DRAFT):
        return not_now(_("Others were asked about this plan. You can close it, not delete it."))
    return verdict


def can_discard_goal(actor: Actor, goal: Goal) -> Verdict:
    """Throw a goal away: for the party that wrote it, before anybody was asked; later the school drops it."""
    party = party_of(actor, goal.plan.enrolment)
    wrote = goal.latest is not None and goal.latest.created_by_id == actor.person_id
    if party is None or not (wrote or party == Party.SCHOOL):
        return deny(_("Only the person who wrote this goal and the student's teachers can delete it."))
    verdict = is_open(goal.plan)
    if verdict and not _is_unasked(goal):
        return not_now(_("Others were asked about this goal. The school can drop it, with a reason."))
    return verdict and ALLOW


def _is_unasked(goal: Goal) -> bool:
    """Whether no text of a loaded goal was put to consent: the first one is the newest, or nothing was agreed since."""
    first = goal.latest
    return (
        goal.state == GoalState.PROPOSED
        and first is not None
        and first.number == 1
        and first.asked_at is None
    )


# What a reader can do with one goal, by the names that its page uses.
OF_A_GOAL = {
    "answer": can_answer,
    "assess": can_assess,
    "begin": can_begin,
    "change": can_change_goal,
    "correct": can_correct,
    "discard": can_discard_goal,
    "evidence": can_add_evidence,
    "hand_in": can_hand_in,
    "lapse": can_lapse,
    "opinion": can_give_opinion,
    "remark": can_remark,
    "resume": can_resume,
}


def acts_on_goal(actor: Actor, goal: Goal) -> dict[str, Verdict]:
    """Every act on a goal with its verdict."""
    return {name: rule(actor, goal) for name, rule in OF_A_GOAL.items()}
