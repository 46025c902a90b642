"""What someone at work saw taken back; giving it is one of the acts on a goal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from partnerships.actors import Actor
from students.models import Goal, PracticeOpinion
from students.models.opinions import DAYS
from students.rules.parties import at_work
from students.rules.plans import is_open


def can_take_back_opinion(actor: Actor, opinion: PracticeOpinion, goal: Goal) -> Verdict:
    """Whoever gave it takes it back, for two weeks and while at work there, unless it was handed in with the goal.

    `opinion` is one of `with_hand_ins`, on a text of `goal`.
    """
    if opinion.by_id != actor.person_id or at_work(actor, goal.plan.enrolment) is None:
        return deny(_("Only who gave this opinion, and still guides the student, can take it back."))
    if opinion.taken_back_at is not None:
        return not_now(_("This opinion was taken back."))
    if opinion.carries:
        return not_now(_("The student handed this in, so it stays. You can give another opinion beside it."))
    if today() > opinion.last_day_to_take_back:
        return not_now(states.too_late(DAYS))
    return is_open(goal.plan) and ALLOW
