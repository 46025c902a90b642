"""What someone at work saw of a goal: given, and never changed; a later opinion stands beside it."""

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
from students.services.locks import seen_goal


@transaction.atomic
def give(*, goal_id: int, version_id: int, text: str, by: Actor) -> PracticeOpinion:
    """What the actor saw at work of the text that was read; it says as what, and for whom, the actor spoke.

    The same words of the same person twice in a row are one: a form sent twice.
    """
    goal = seen_goal(goal_id, by)
    said = text.strip()
    newest = PracticeOpinion.objects.of_goal(goal).filter(by=by.person_id).first()
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
