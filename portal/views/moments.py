"""Pages for a moment. Shown once after the act, later an ordinary address; for the student alone."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from placements.models import Placement
from portal import moments
from students.views.guards import goal_or_404


@require_safe
def placement_moment(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """“You have a training place!”, with what comes now."""
    own = Placement.objects.visible_to(request.actor).live().filter(student__person=request.actor.person_id)
    placement = get_object_or_404(own.for_list(), public_id=public_id)
    return render(request, "portal/moments/placement.html", moments.placement_context(placement))


@require_safe
def goal_moment(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """“Goal achieved”, with how far one is and what was said."""
    goal = goal_or_404(request, public_id)
    is_own = goal.plan.enrolment.student.person_id == request.actor.person_id
    if not is_own or not moments.is_achieved(goal):
        raise Http404
    return render(request, "portal/moments/goal.html", moments.goal_context(request.actor, goal))
