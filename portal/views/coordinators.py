"""The coordinator's first page: figures, places against demand, calls and initiatives."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.csv_files import plain_cell
from core.dates import today
from core.small_cells import SMALLEST_SHOWN
from partnerships.actors import ActorRequest
from partnerships.models import Call, SignUp
from partnerships.presenters import next_steps
from partnerships.presenters.calls import gauge
from partnerships.queries.initiatives import longest_without_news
from partnerships.views.guards import coordinated_partnership
from placements.queries import figures as service
from placements.queries.figures import Figures
from portal.views.start import show_next_steps
from ui.charts import Gauge
from ui.components import Figure
from ui.next_steps import first_of

MOST_ROWS = 6


@require_safe
def coordinator_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, what the partnership yields, how far its calls are, which initiatives need news."""
    partnership = coordinated_partnership(request, slug)
    figures = service.of_partnership(partnership.pk)
    calls = Call.objects.filter(partnership=partnership, deadline__gte=today()).order_by("deadline", "pk")
    initiatives = longest_without_news(partnership.pk)
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "first_step": first_of(
            next_steps.for_coordinator(request.actor, partnership.pk, initiatives),
            reverse("coordinator-next-steps", args=[slug]),
        ),
        "figures": _figures(figures),
        "rows": figures.rows,
        "calls": _gauges(list(calls[:3])),
        "initiatives": initiatives[:MOST_ROWS],
    }
    return render(request, "portal/first/coordinator.html", context)


def _figures(figures: Figures) -> list[Figure]:
    """Four figures; those about people hide fewer than five."""
    return [
        Figure(_("Free places"), figures.free, _("of {places} on offer").format(places=figures.places)),
        _people(_("Students placed"), figures.placed, figures.students),
        _people(_("Learning plans agreed"), figures.plans_agreed, figures.students),
        Figure(_("Proposals without an answer"), figures.matches_open),
    ]


def _people(label: str, number: int, total: int) -> Figure:
    """A number of students out of all; small groups and what would give them away are hidden."""
    if 0 < number < SMALLEST_SHOWN or 0 < total - number < SMALLEST_SHOWN:
        return Figure(label, _("not shown"), _("a group is smaller than 5"), few=True)
    return Figure(label, number, _("of {total} students").format(total=total))


def _gauges(calls: list[Call]) -> list[tuple[Call, Gauge]]:
    """Each call with its places: firm, on a condition, withdrawn; one query for all."""
    sums = SignUp.objects.filter(call__in=calls).figures_by_call()
    return [(call, gauge(call.places_target, sums.get(call.pk, {}), "places")) for call in calls]


@require_safe
def coordinator_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    steps = next_steps.for_coordinator(request.actor, partnership.pk)
    back = reverse("coordinator-start", args=[slug])
    return show_next_steps(request, "coordinator", partnership.name, back, steps)


@require_safe
def coordinator_figures(request: ActorRequest, slug: str) -> HttpResponse:
    """The table of places against demand as CSV, with the same numbers hidden as on the page."""
    partnership = coordinated_partnership(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="plekken-{partnership.slug}.csv"'
    response.write(
        "\ufeff"
    )  # spreadsheets in the Netherlands read UTF-8 only with this mark, and split on ";"
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("qualification"), "crebo", _("places"), _("free"), _("students"), _("looking")])
    for row in service.of_partnership(partnership.pk).rows:
        people = [_("fewer than 5") if n is None else n for n in (row.students, row.looking)]
        writer.writerow([plain_cell(row.name), row.crebo, row.places, row.free, *people])
    return response
