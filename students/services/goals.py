"""Working on a goal: begin, hand in, assess, take up again, drop."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ensure
from partnerships.actors import Actor
from students import mail, rules
from students.enums import GoalResult, Party
from students.models import Goal, GoalRemark
from students.services.locks import locked_goal
from students.services.plans import activate_if_agreed


@transaction.atomic
def begin(*, goal_id: int, by: Actor) -> Goal:
    """The student starts on an agreed goal."""
    goal = locked_goal(goal_id)
    ensure(rules.can_begin(by, goal))
    states.advance(goal, "begin", by=by.user_id)
    return goal


@transaction.atomic
def demonstrate(*, goal_id: int, by: Actor) -> Goal:
    """The student says: I can show this ("aangetoond"); the school assesses."""
    goal = locked_goal(goal_id)
    ensure(rules.can_demonstrate(by, goal))
    states.advance(goal, "demonstrate", by=by.user_id)
    return goal


@transaction.atomic
def assess(*, goal_id: int, result: str, by: Actor, remark: str = "") -> Goal:
    """The school's decision (WEB 7.2.8 lid 3); "not yet" says what is still needed. The student hears."""
    goal = locked_goal(goal_id)
    ensure(rules.can_assess(by, goal))
    result, remark = GoalResult(result), remark.strip()
    if result == GoalResult.NOT_YET and not remark:
        raise ValidationError(_("Say what is still needed."))
    states.advance(
        goal, "assess", by=by.user_id, result=result, assessed_at=timezone.now(), assessed_by_id=by.user_id
    )
    if remark:
        GoalRemark.objects.create(goal=goal, party=Party.SCHOOL, text=remark, by_id=by.user_id)
    activate_if_agreed(plan=goal.plan, by=by)
    mail.student_goal_assessed(goal)
    return goal


@transaction.atomic
def resume(*, goal_id: int, by: Actor) -> Goal:
    """Take a goal up again that was not achieved yet; the decision stays in the history."""
    goal = locked_goal(goal_id)
    ensure(rules.can_resume(by, goal))
    states.advance(goal, "resume", by=by.user_id, result="", assessed_at=None, assessed_by_id=None)
    return goal


@transaction.atomic
def lapse(*, goal_id: int, reason: str, by: Actor) -> Goal:
    """Drop a goal, with the reason. When all other goals of the plan were agreed, the plan becomes active."""
    goal = locked_goal(goal_id)
    ensure(rules.can_lapse(by, goal))
    states.advance(goal, "lapse", by=by.user_id, reason=reason)
    activate_if_agreed(plan=goal.plan, by=by)
    return goal


@transaction.atomic
def remark(*, goal_id: int, text: str, by: Actor) -> GoalRemark:
    """Short feedback, from the actor's side.

    The same words of the same person twice in a row are one: a form sent twice.
    """
    goal = locked_goal(goal_id)
    ensure(rules.can_remark(by, goal))
    side = rules.side_of(by, goal.plan.enrolment)
    newest = goal.remarks.first()
    if newest is not None and newest.text == text.strip() and newest.by_id == by.user_id:
        return newest
    return GoalRemark.objects.create(goal=goal, party=side or "", text=text.strip(), by_id=by.user_id)
