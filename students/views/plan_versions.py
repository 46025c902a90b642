"""Two versions of a plan beside each other."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from students import rules
from students.presenters.plan_versions import versions_context
from students.presenters.spaces import space_of_enrolment
from students.views.guards import plan_or_404


@require_safe
def plan_versions(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What changed from one version to the next; which two stands in the address."""
    plan = plan_or_404(request, public_id)
    require(rules.can_read_whole_plan(request.actor, plan.enrolment))
    context = versions_context(plan, request.GET) | space_of_enrolment(request.actor, plan.enrolment)
    return render(request, "students/plans/versions.html", context)
