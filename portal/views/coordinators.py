"""The coordinator's first page, everything that waits there, and places against demand."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.views.guards import coordinated_partnership
from placements.presenters.sheets import FIGURES
from placements.queries import figures
from portal import across, documents, first_pages, next_steps, pulse
from portal.rules import can_coordinate_any
from portal.views.start import show_next_steps
from ui.pages import paginate_list, whole
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
    """Places against demand per qualification, and as a file."""
    partnership = coordinated_partnership(request, slug)
    rows = figures.of_partnership(partnership.pk).rows
    if file := asked(request, rows, FIGURES):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": whole(rows, request.path)}
    return render(request, "portal/demand.html", context)


@require_safe
def coordinator_all(request: ActorRequest) -> HttpResponseBase:
    """All partnerships that one coordinates: what waits where, and where to begin."""
    require(can_coordinate_any(request.actor))
    rows = across.rows_of(request.actor)
    if file := asked(request, rows, across.SHEET):
        return file
    context = {"space": "coordinator", "page": whole(rows, request.path), **across.context_of(rows)}
    return render(request, "portal/first/all.html", context)


@require_safe
def coordinator_pulse(request: ActorRequest, slug: str) -> HttpResponseBase:
    """How the partnership runs: each figure opens the list that it was counted from."""
    partnership = coordinated_partnership(request, slug)
    measures = pulse.measures(request.actor, partnership, request.GET.get("lijst", ""))
    shown = next(measure for measure in measures if measure.is_shown)
    if file := asked(request, shown.rows, shown.sheet):
        return file
    page = paginate_list(request, shown.rows)
    context = {"space": "coordinator", "partnership": partnership, "measures": measures, "shown": shown}
    context |= {"page": page, "rows": pulse.printed(shown, list(page))}
    return render(request, "portal/pulse.html", context)


@require_safe
def coordinator_report(request: ActorRequest, slug: str) -> HttpResponse:
    """News, figures, decisions and what is late, for the board: a PDF without a name of a student."""
    partnership = coordinated_partnership(request, slug)
    response = HttpResponse(
        documents.board_report(request.actor, partnership), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{documents.file_name(partnership)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
