"""Finding slots: for those who sign in; visitors learn how many there are."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.written import one_or_404
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.filters import SlotFilter
from placements.models import Slot
from placements.presenters import sheets
from placements.presenters import slots as pages
from placements.queries import finding
from placements.queries.sight import sight_of
from placements.queries.visible import slot_at
from ui.pages import Known, paginate
from ui.sheets import asked

FIVE_MINUTES = 300


@login_not_required
@require_safe
def slot_find(request: HttpRequest) -> HttpResponseBase:
    """The list for someone who signed in, a number for visitors."""
    return _find(cast(ActorRequest, request)) if request.user.is_authenticated else _count(request)


def _count(request: HttpRequest) -> HttpResponse:
    """The number of seats that can be found, and the way in for employers. Counted anew every five minutes."""
    seats = cache.get_or_set("placements.open_seats", _open_seats, FIVE_MINUTES)
    return render(
        request,
        "placements/slots/count.html",
        {"seats": seats, "space": "public", "offer_url": reverse("for-employers")},
    )


def _open_seats() -> int:
    return Slot.objects.findable().aggregate(seats=Sum("seats"))["seats"] or 0


def _find(request: ActorRequest) -> HttpResponseBase:
    sight = sight_of(request.actor)
    filters = SlotFilter(request.GET, request.path)
    found = finding.Found(request.actor, sight, filters.narrowed)
    if file := asked(request, lambda: found.all.with_details(), sheets.FOUND_SLOTS):
        return file
    known = Known(head=found.head)
    if not filters.asked and "page" not in request.GET:
        known = replace(known, first=found.first, counted=found.number)
    page = paginate(request, found.all, rows=found.rows, known=known)
    context = {
        "filters": filters if filters.asked else None,
        "fields": filters.fields,
        "page": page,
        "rows": pages.found(page.items, finding.named(page.items)),
        "is_supervisor_only": not pages.looks_for_slots(request.actor, sight),
        "space": space_of(request.actor),
    }
    return render(request, "placements/slots/find.html", context)


@require_safe
def slot_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What others read of a slot. Its employer finds a link to the page for working on it."""
    slot = one_or_404(slot_at(actor=request.actor, public_id=public_id))
    return render(request, "placements/slots/detail.html", pages.detail_context(request.actor, slot))
