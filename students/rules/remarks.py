"""Feedback on a goal taken back and corrected; giving it is one of the acts on a goal. Rows with a goal of `for_page`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from partnerships.actors import Actor
from students.models import GoalRemark
from students.models.remarks import DAYS
from students.rules.plans import can_remark


def can_take_back_remark(actor: Actor, remark: GoalRemark) -> Verdict:
    """Whoever gave it takes it back, for two weeks."""
    verdict = _own(actor, remark)
    if verdict and today() > remark.last_day_to_take_back:
        return not_now(states.too_late(DAYS))
    return verdict


def can_correct_remark(actor: Actor, remark: GoalRemark, *, is_corrected: bool) -> Verdict:
    """Whoever gave it puts other words beside it, once it cannot be taken back any more."""
    verdict = _own(actor, remark)
    if verdict and is_corrected:
        return not_now(_("You have corrected this feedback already."))
    if verdict and today() <= remark.last_day_to_take_back:
        return not_now(_("You can still take this feedback back and write it anew."))
    return verdict


def _own(actor: Actor, remark: GoalRemark) -> Verdict:
    """Whether it is the actor's own feedback, on a goal that is still worked on, and still there."""
    if remark.by_id is None or remark.by_id != actor.person_id:
        return deny(_("Only who gave this feedback can do this."))
    if remark.removed_because:
        return not_now(_("A teacher removed this feedback."))
    if remark.taken_back_at is not None:
        return not_now(_("This feedback was taken back."))
    return can_remark(actor, remark.goal) and ALLOW
