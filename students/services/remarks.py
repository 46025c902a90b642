"""Feedback on a goal: give it, take it back, correct it. Nobody is mailed about any of it, so nobody is told of the end."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import changes
from core.access import ensure
from partnerships.actors import Actor
from students import rules
from students.mail.reports import report_called_off
from students.models import Goal, GoalRemark
from students.models.remarks import WRITE_FEEDBACK
from students.services.locks import locked_goal, seen_goal


@transaction.atomic
def give(*, goal_id: int, text: str, by: Actor) -> GoalRemark:
    """Short feedback, from the actor's side.

    The same words of the same person twice in a row are one: a form sent twice.
    """
    goal = seen_goal(goal_id, by)
    ensure(rules.can_remark(by, goal))
    newest = goal.remarks.first()
    if newest is not None and newest.text == text.strip() and newest.by_id == by.person_id:
        return newest
    return _written(goal, text, by)


@transaction.atomic
def take_back(*, remark_id: int, by: Actor) -> GoalRemark:
    """Whoever gave it takes it back: the words go, that there were some stays. A second time changes nothing."""
    remark = _locked(remark_id)
    if remark.is_taken_back and remark.by_id == by.person_id:
        return remark
    ensure(rules.can_take_back_remark(by, remark))
    if remark.is_reported:
        report_called_off(remark)
    remark.text, remark.taken_back_at, remark.reported_at = "", timezone.now(), None
    subject = remark.of_enrolment.student.public_id
    names = ["text", "taken_back_at", "reported_at"]
    changes.save(remark, by=by.person_id, subject=subject, update_fields=names)
    return remark


@transaction.atomic
def correct(*, remark_id: int, text: str, by: Actor) -> GoalRemark:
    """Put other words beside feedback that can no longer be taken back; both stay to be read."""
    remark = _locked(remark_id)
    standing = remark.corrections.filter(taken_back_at=None).first()
    if standing is not None and (standing.text, standing.by_id) == (text.strip(), by.person_id):
        return standing
    ensure(rules.can_correct_remark(by, remark, is_corrected=standing is not None))
    if remark.text == text.strip():
        raise ValidationError(_("You have changed nothing yet."))
    return _written(remark.goal, text, by, corrects=remark)


def _written(goal: Goal, text: str, by: Actor, corrects: GoalRemark | None = None) -> GoalRemark:
    if not text.strip():
        raise ValidationError(WRITE_FEEDBACK)
    side = rules.side_of(by, goal.plan.enrolment)
    return GoalRemark.objects.create(
        goal=goal, party=side or "", text=text.strip(), by_id=by.person_id, corrects=corrects
    )


def _locked(remark_id: int) -> GoalRemark:
    """The feedback as it is under the lock of its goal."""
    goal = locked_goal(GoalRemark.objects.values_list("goal_id", flat=True).get(pk=remark_id))
    remark = goal.remarks.get(pk=remark_id)
    remark.goal = goal
    return remark
