"""Who reads what a student shows: the student decides it for each piece of evidence and each work situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from students.enums import VisibleFor
from students.models.access import LearnerAccess
from students.models.enrolments import Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor


def is_shared_with(actor: Actor, enrolment: str) -> Q:
    """A condition on rows: the actor's own, or shown to the actor as teacher or supervisor by `visible_for`.

    `enrolment` is the path from the row to the student's enrolment.
    """
    theirs = OuterRef(enrolment)
    ways = Q(Exists(Enrolment.objects.own(actor).filter(pk=theirs)))
    if actor.memberships(Role.TEACHER):
        taught = Enrolment.objects.taught_by(actor).filter(pk=theirs)
        ways |= ~Q(visible_for=VisibleFor.ME) & Q(Exists(taught))
    if supervising := actor.memberships(Role.SUPERVISOR):
        supervised = LearnerAccess.objects.running().filter(membership__in=supervising, enrolment=theirs)
        ways |= Q(visible_for=VisibleFor.TEACHER_AND_SUPERVISOR) & Q(Exists(supervised))
    return ways
