"""The ways into pages around a student: load what may be seen, 404 otherwise, and note who looked."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from core import readlog
from core.access import Forbidden
from partnerships.actors import Actor, ActorRequest
from students.models import Enrolment, Goal, LearningPlan


def plan_or_404(request: ActorRequest, public_id: UUID) -> LearningPlan:
    """A plan that the actor may see; someone else's read is recorded."""
    plan = get_object_or_404(LearningPlan.objects.visible_to(request.actor).for_page(), public_id=public_id)
    note_read(request.actor, plan.enrolment)
    return plan


def goal_or_404(request: ActorRequest, public_id: UUID) -> Goal:
    """A goal that the actor may see; someone else's read is recorded."""
    goal = get_object_or_404(Goal.objects.visible_to(request.actor).for_page(), public_id=public_id)
    note_read(request.actor, goal.plan.enrolment)
    return goal


def note_read(actor: Actor, enrolment: Enrolment) -> None:
    """The student can see who looked (product.md, access); reading one's own file is not recorded."""
    if enrolment.student.user_id != actor.user_id:
        readlog.record(actor.user_id, enrolment.student.public_id)


def own_enrolment(actor: Actor) -> Enrolment:
    """The newest enrolment of a student; the running one before those that ended."""
    enrolment = Enrolment.objects.own(actor).for_page().newest_first().first()
    if enrolment is None:
        raise Forbidden(_("These pages are for students."))
    return enrolment
