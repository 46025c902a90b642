"""What someone at work saw of a goal: given, taken back, never changed; a later opinion stands beside it.

Nobody is mailed about it, so nobody is told that it was taken back.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import versions
from core.access import ensure
from partnerships.actors import Actor
from students import rules
from students.models import PracticeOpinion
from students.models.opinions import WRITE_OPINION
from students.services.locks import locked_goal, seen_goal


@transaction.atomic
def give(*, goal_id: int, version_id: int, text: str, by: Actor) -> PracticeOpinion:
    """What the actor saw at work of the text that was read; it says as what, and for whom, the actor spoke.

    The same words of the same person twice in a row are one: a form sent twice.
    """
    goal = seen_goal(goal_id, by)
    said = text.strip()
    newest = PracticeOpinion.objects.of_goal(goal).standing().filter(by=by.person_id).first()
    if newest is not None and (newest.text, newest.version_id) == (said, version_id):
        return newest
    ensure(rules.can_give_opinion(by, goal))
    role = rules.at_work(by, goal.plan.enrolment)
    if goal.current_id != version_id:
        raise versions.Changed
    if not said:
        raise ValidationError(WRITE_OPINION)
    if role is None:
        raise ValueError("can_give_opinion lets only people at work through")
    return PracticeOpinion.objects.create(
        version_id=version_id,
        text=said,
        by_id=by.person_id,
        membership_id=role.membership_id,
        at=timezone.now(),
    )


@transaction.atomic
def take_back(*, opinion_id: int, by: Actor) -> PracticeOpinion:
    """Whoever gave it takes it back: the words go, that there were some stays. A second time changes nothing."""
    goal = locked_goal(PracticeOpinion.objects.values_list("version__goal", flat=True).get(pk=opinion_id))
    opinion = PracticeOpinion.objects.of_goal(goal).with_hand_ins().get(pk=opinion_id)
    if opinion.taken_back_at is not None and opinion.by_id == by.person_id:
        return opinion
    ensure(rules.can_take_back_opinion(by, opinion, goal))
    opinion.text, opinion.taken_back_at = "", timezone.now()
    opinion.save(update_fields=["text", "taken_back_at"])
    return opinion
