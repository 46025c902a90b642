"""Pages for everyone, the list of places, and the page by which all are measured."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, F, Func, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from core.dates import today
from partnerships.models import Initiative, Member, Partnership
from placements.models import Placement, Slot

LIVE = ("confirmed", "running", "ending")
NAMES = ("title", "summary")


def page(_request: HttpRequest) -> HttpResponse:
    """B: 25 rows of one table with two joins and two dates in a frame."""
    rows = Placement.objects.select_related("organisation", "student__person").order_by("-pk")[:25]
    return HttpResponse(render_to_string("bare/page.html", {"rows": rows}))


def _cards(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return rows.prefetch_related("themes").order_by("-refreshed_on", "title", "pk")


def home(_request: HttpRequest) -> HttpResponse:
    """How many initiatives each province has, the newest four, and three numbers."""
    published = Initiative.objects.filter(is_published=True)
    each = published.annotate(province=Func(F("provinces"), function="unnest")).values("province")
    running = Partnership.objects.filter(is_published=True)
    context = {
        "provinces": each.annotate(number=Count("pk")).order_by("province"),
        "page": _cards(published)[:4],
        "partnerships": running.count(),
        "members": Member.objects.filter(partnership__in=running).aggregate(
            number=Count("organisation", distinct=True)
        )["number"],
        "total": published.count(),
    }
    return HttpResponse(render_to_string("bare/home.html", context))


def initiatives(request: HttpRequest) -> HttpResponse:
    """Twelve initiatives with themes and partners."""
    rows = Initiative.objects.filter(is_published=True)
    if request.GET.get("fase") == "loopt":
        rows = rows.filter(state="running")
    if theme := request.GET.get("thema"):
        rows = rows.filter(themes__slug=theme)
    if words := request.GET.get("q"):
        rows = rows.filter(Q(title__icontains=words) | Q(summary__icontains=words))
    page = Paginator(_cards(rows), 12).get_page(request.GET.get("page"))
    return HttpResponse(render_to_string("bare/initiatives.html", {"page": page}))


def slots(request: HttpRequest, province: str) -> HttpResponse:
    """25 places online in a region, with what is free."""
    rows = (
        Slot.objects.filter(state="online", ends_on__gte=today(), partnership__provinces__contains=[province])
        .select_related("organisation", "location")
        .prefetch_related("qualifications")
        .order_by("starts_on", "title", "pk")
    )
    if request.GET.get("vrij"):
        rows = rows.filter(taken__lt=F("seats"))
    if crebo := request.GET.get("crebo"):
        rows = rows.filter(qualifications__crebo=crebo)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    for row in page:
        row.free = row.seats - row.taken
    return HttpResponse(render_to_string("bare/slots.html", {"page": page}))


def slot(_request: HttpRequest, slot: int) -> HttpResponse:
    """One place with its facts, what is free and whom to ask."""
    found = get_object_or_404(Slot.objects.select_related("organisation", "location"), pk=slot)
    contacts = found.organisation.memberships.filter(role="practice_trainer", ended_at=None)
    context = {
        "slot": found,
        "free": found.seats - found.taken,
        "qualifications": found.qualifications.all(),
        "contacts": contacts.select_related("person__user"),
    }
    return HttpResponse(render_to_string("bare/slot.html", context))
