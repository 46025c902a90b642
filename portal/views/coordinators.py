"""The coordinator's first page, and its table of places against demand as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.views.guards import coordinated_partnership
from portal import first_pages, next_steps
from portal.views.start import show_next_steps
from ui import sheets


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
def coordinator_figures(request: ActorRequest, slug: str) -> HttpResponse:
    """Places against demand as CSV."""
    partnership = coordinated_partnership(request, slug)
    sheets.tell_taken(request, sheets.CSV)
    content = b"".join(sheets.csv_of([first_pages.figures_table(partnership)]))
    response = HttpResponse(content, content_type=sheets.TYPES[sheets.CSV])
    response.headers["Content-Disposition"] = f'attachment; filename="plekken-{partnership.slug}.csv"'
    return response
