"""The employer's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.roles import KEEPS_SLOTS
from portal import first_pages, next_steps
from portal.views.guards import own_organisation
from portal.views.start import show_next_steps


@require_safe
def employer_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, the places, who learns where, and the accreditations."""
    organisation = own_organisation(request, slug, KEEPS_SLOTS)
    context = first_pages.employer_context(request.actor, organisation)
    return render(request, first_pages.template_of(context, "portal/first/employer.html"), context)


@require_safe
def employer_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    """Everything that waits at this employer."""
    organisation = own_organisation(request, slug, KEEPS_SLOTS)
    steps = next_steps.for_employer(request.actor, organisation.organisation_id)
    return show_next_steps(
        request, "employer", organisation.name, reverse("employer-start", args=[slug]), steps
    )
