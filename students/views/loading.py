"""What the pages around a student have in common: load what may be seen, note who looked, wear the right colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import readlog
from core.access import Forbidden
from partnerships.actors import Actor, ActorRequest
from students.enums import Party
from students.models import Enrolment, Goal, LearningPlan
from students.rules import side_of


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


def frame_of(actor: Actor, enrolment: Enrolment) -> dict[str, str]:
    """For base.html: the colour of the role in which one looks at this student, and the menu entry one is under."""
    side = side_of(actor, enrolment)
    if side == Party.STUDENT:
        return {"role": "student", "belongs_under": reverse("student-start")}
    if side == Party.EMPLOYER:
        return _employers_frame(actor, enrolment)
    school = enrolment.cohort.programme.school
    return {"role": "teacher", "belongs_under": reverse("students:cohort-list", args=[school.slug])}


def _employers_frame(actor: Actor, enrolment: Enrolment) -> dict[str, str]:
    theirs = actor.employer_organisations & {*enrolment.parties.employers, *enrolment.parties.exchange_hosts}
    for grant in actor.grants:
        if grant.organisation_id in theirs:
            students = reverse("students:employer-students", args=[grant.slug])
            return {"role": "employer", "belongs_under": students}
    return {"role": "supervisor", "belongs_under": reverse("students:supervisor-start")}


def attempt(request: HttpRequest, act: Callable[[], Any], done: str | Promise) -> bool:
    """Do one act; a refusal becomes a message. Whether it was done."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, str(done))
    return True
