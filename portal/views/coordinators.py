"""The coordinator's first page, and its table of places against demand as a file."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.views.guards import coordinated_partnership
from placements.presenters.sheets import FIGURES
from placements.queries import figures
from portal import first_pages, next_steps
from portal.views.start import show_next_steps
from ui.sheets import asked


@require_safe
def coordinator_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, what the partnership yields, how far its calls are, which initiatives need news."""
    context = first_pages.coordinator_context(request.actor, coordinated_partnership(request, slug))
    return render(request, first_pages.template_of(context, "portal/first/coordinator.html"), context)


@require_safe
def coordinator_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    """Everything that waits in this partnership."""
    partnership = coordinated_partnership(request, slug)
    steps = next_steps.for_coordinator(request.actor, partnership)
    back = reverse("coordinator-start", args=[slug])
    return show_next_steps(request, "coordinator", partnership.name, back, steps)


@require_safe
def coordinator_figures(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Places against demand as a file; the page that shows them asks for it here."""
    partnership = coordinated_partnership(request, slug)
    found = figures.of_partnership(partnership.pk).rows
    return asked(request, found, FIGURES) or redirect("coordinator-start", slug)
