"""Working on a goal: begin, hand in, assess, correct, take up again, drop, and taking one of these back.

Each verb pressed once more after it succeeded changes nothing and gives the goal as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.models import StateChange
from core.versions import NO_PAGE
from partnerships.actors import Actor
from students import mail, rules
from students.enums import GoalResult, Party
from students.models import Assessment, Goal, HandIn
from students.models.hand_ins import NOTHING_TO_READ, SAY_WHAT_IS_NEEDED, SUSPECT_FILE
from students.queries.people import people_of
from students.services import evidence as evidence_service
from students.services.locks import locked_goal
from students.services.plans import activate_if_agreed


@transaction.atomic
def begin(*, goal_id: int, by: Actor, read: str | None) -> Goal:
    """The student starts on an agreed goal."""
    goal = locked_goal(goal_id)
    if not states.is_repeat(goal, "begin", by=by.person_id):
        ensure(rules.can_begin(by, goal))
        versions.ensure(read, goal)
        states.advance(goal, "begin", by=by.person_id)
    return goal


@transaction.atomic
def hand_in(
    *,
    goal_id: int,
    by: Actor,
    readers: Mapping[int, Collection[str]] | None = None,
    opinion_id: int | None = None,
    read: str | None,
) -> Goal:
    """The student says: I can show this ("aangetoond"); the school hears and assesses.

    `readers` says for pieces of evidence who may read them from now on. What the teachers may read is handed in, with
    `opinion_id`, what someone at work saw of this text. There must be something of either, and no file in
    which something was found: nobody judges blind.
    """
    goal = locked_goal(goal_id)
    if states.is_repeat(goal, "hand_in", by=by.person_id):
        return goal
    ensure(rules.can_hand_in(by, goal))
    versions.ensure(read, goal)
    if goal.current is None:
        raise ValueError("can_hand_in lets only agreed goals through")
    for evidence_id, chosen in (readers or {}).items():
        evidence_service.share(evidence_id=evidence_id, readers=chosen, by=by, version=NO_PAGE)
    shown = list(goal.evidence.filter(for_teachers=True, removed_because="").select_related("file"))
    if any(piece.file is not None and piece.file.is_lost for piece in shown):
        raise ValidationError(SUSPECT_FILE, code="suspect")
    seen = goal.current.opinions.standing().filter(pk=opinion_id).first() if opinion_id else None
    if opinion_id and seen is None:
        raise versions.Changed
    if not shown and seen is None:
        raise ValidationError(NOTHING_TO_READ, code="nothing_to_read")
    made = HandIn.objects.create(goal=goal, version=goal.current, opinion=seen, at=timezone.now())
    made.evidence.set(shown)
    change = states.advance(goal, "hand_in", by=by.person_id)
    mail.teachers_goal_handed_in(goal, about=change)
    return goal


@transaction.atomic
def assess(*, goal_id: int, hand_in_id: int, result: str, by: Actor, feedback: str = "") -> Goal:
    """The school's decision (WEB 7.2.8 lid 3) on the hand-in that was read. The student hears.

    "Not yet" says what is still needed.
    """
    goal = locked_goal(goal_id)
    said: dict[str, Any] = {"result": GoalResult(result), "feedback": feedback.strip()}
    if _newest_is(goal, by, hand_in=hand_in_id, corrects__isnull=True, **said):
        return goal
    ensure(rules.can_assess(by, goal))
    standing = goal.hand_ins.standing().get()
    if standing.pk != hand_in_id:
        raise versions.Changed
    made = _decide(standing, by, **said)
    change = states.advance(goal, "assess", by=by.person_id, **_columns(made))
    activate_if_agreed(plan=goal.plan, by=by)
    mail.student_goal_assessed(goal, about=change)
    return goal


@transaction.atomic
def correct(
    *, goal_id: int, assessment_id: int, result: str, reason: str, by: Actor, feedback: str = ""
) -> Goal:
    """Put another decision beside the one that was read, `assessment_id`, with the reason; both stay to be read."""
    goal = locked_goal(goal_id)
    said: dict[str, Any] = {
        "result": GoalResult(result),
        "feedback": feedback.strip(),
        "reason": reason.strip(),
    }
    if _newest_is(goal, by, corrects=assessment_id, **said):
        return goal
    ensure(rules.can_correct(by, goal))
    newest = Assessment.objects.of_goal(goal).first()
    if newest is None or newest.pk != assessment_id:
        raise versions.Changed
    if (newest.result, newest.feedback) == (said["result"], said["feedback"]):
        raise ValidationError(_("You have changed nothing yet."))
    made = _decide(newest.hand_in, by, corrects=newest, **said)
    change = states.advance(goal, "correct", by=by.person_id, reason=said["reason"], **_columns(made))
    mail.student_goal_corrected(goal, about=change)
    return goal


@transaction.atomic
def resume(*, goal_id: int, by: Actor, read: str | None) -> Goal:
    """Take a goal up again that was not achieved yet; the decision stays in the history."""
    goal = locked_goal(goal_id)
    if states.is_repeat(goal, "resume", by=by.person_id):
        return goal
    ensure(rules.can_resume(by, goal))
    versions.ensure(read, goal)
    goal.hand_ins.standing().update(closed_at=timezone.now())
    states.advance(goal, "resume", by=by.person_id, **_NO_RESULT)
    return goal


@transaction.atomic
def lapse(*, goal_id: int, reason: str, by: Actor, read: str | None) -> Goal:
    """Drop a goal, with the reason; the student hears. When all others of the plan were agreed, it becomes active."""
    goal = locked_goal(goal_id)
    if states.is_repeat(goal, "lapse", by=by.person_id):
        return goal
    ensure(rules.can_lapse(by, goal))
    versions.ensure(read, goal)
    act = states.advance(goal, "lapse", by=by.person_id, reason=reason)
    mail.student_goal_dropped(goal, about=act)
    activate_if_agreed(plan=goal.plan, by=by)
    return goal


@transaction.atomic
def take_back(*, goal_id: int, act_id: int, by: Actor) -> StateChange:
    """Take back what happened last to the goal, the act that was on the page: a hand-in, a result, the dropping of it.

    Who was mailed about it hears that it no longer holds.
    """
    goal = locked_goal(goal_id)
    act = states.history(goal).filter(pk=act_id).select_related("undone_by").first()
    if act is None:
        raise versions.Changed
    if hasattr(act, "undone_by") and act.undone_by.by_id == by.person_id:
        return act
    ensure(rules.can_take_back(by, goal, act))
    taken = states.take_back(goal, act, by=by.person_id, **(_NO_RESULT if act.action == "assess" else {}))
    if act.action == "assess":
        newest = Assessment.objects.of_goal(goal)[0]
        _decide(newest.hand_in, by, result="", corrects=newest)
    if act.action == "hand_in":
        goal.hand_ins.standing().update(taken_back_at=timezone.now())
    among = people_of(goal.plan.enrolment, Party.STUDENT, Party.SCHOOL) if taken.mailed else ()
    letters.taken_back(taken.mailed, by=str(taken.change.by), among=among)
    return act


_NO_RESULT: dict[str, Any] = {"result": "", "assessed_at": None, "assessed_by_id": None}


def _newest_is(goal: Goal, by: Actor, **said: Any) -> bool:
    """Whether the newest decision is this one, by the same person: then it was sent twice."""
    newest = Assessment.objects.of_goal(goal).first()
    return newest is not None and Assessment.objects.filter(pk=newest.pk, by=by.person_id, **said).exists()


def _decide(
    hand_in: HandIn,
    by: Actor,
    *,
    result: str,
    feedback: str = "",
    corrects: Assessment | None = None,
    reason: str = "",
) -> Assessment:
    """Write a decision down."""
    if result == GoalResult.NOT_YET and not feedback:
        raise ValidationError(SAY_WHAT_IS_NEEDED)
    return Assessment.objects.create(
        hand_in=hand_in,
        result=result,
        feedback=feedback,
        corrects=corrects,
        reason=reason,
        by_id=by.person_id,
        at=timezone.now(),
    )


def _columns(made: Assessment) -> dict[str, Any]:
    """What the goal itself holds of the decision that counts."""
    return {"result": made.result, "assessed_at": made.at, "assessed_by_id": made.by_id}
