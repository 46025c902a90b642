"""The teacher's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.roles import SCHOOL_STAFF
from portal import first_pages, next_steps
from portal.views.guards import own_organisation
from portal.views.start import show_next_steps


@require_safe
def school_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, own cohorts and the coming lessons."""
    organisation = own_organisation(request, slug, SCHOOL_STAFF)
    context = first_pages.school_context(request.actor, organisation)
    return render(request, first_pages.template_of(context, "portal/first/school.html"), context)


@require_safe
def school_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    """Everything that waits at this school."""
    organisation = own_organisation(request, slug, SCHOOL_STAFF)
    steps = next_steps.for_teacher(request.actor, organisation.organisation_id)
    return show_next_steps(request, "teacher", organisation.name, reverse("school-start", args=[slug]), steps)
