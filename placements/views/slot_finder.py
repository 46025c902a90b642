"""Finding places: for those who sign in; visitors learn how many there are."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Role
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from partnerships.roles import KEEPS_SLOTS, LOOKS_FOR_SLOTS
from placements.filters import SlotFilter
from placements.models import Slot
from placements.models.slots import sight_of
from placements.presenters.slots import SlotRow
from ui.pages import paginate

FIVE_MINUTES = 300


@login_not_required
@require_safe
def slot_find(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return _count(request)
    return _find(request)  # type: ignore[arg-type]


def _count(request: HttpRequest) -> HttpResponse:
    """The number of places that someone could find, and the way in for who has one. Counted anew every five minutes."""
    seats = cache.get_or_set("placements.open_seats", _open_seats, FIVE_MINUTES)
    return render(
        request,
        "placements/slots/count.html",
        {"seats": seats, "space": "public", "offer_url": reverse("for-employers")},
    )


def _open_seats() -> int:
    return Slot.objects.findable().aggregate(seats=Sum("seats"))["seats"] or 0


def _find(request: ActorRequest) -> HttpResponse:
    sight = sight_of(request.actor)
    slots = Slot.objects.found_by(request.actor, sight).for_list()
    filters = SlotFilter(request.GET, queryset=slots)
    page = paginate(request, filters.qs)
    context = {
        "filters": filters,
        "form": filters.form,
        "page": page,
        "rows": [SlotRow(slot) for slot in page],
        "chosen": len(filters.chosen()),
        "is_supervisor_only": not sight.qualifications and not request.actor.organisations(*LOOKS_FOR_SLOTS),
        "space": space_of(request.actor),
    }
    return render(request, "placements/slots/find.html", context)


@require_safe
def slot_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What others read of a place; its employer has the way to the own page on it."""
    slot = get_object_or_404(Slot.objects.visible_to(request.actor).for_list(), public_id=public_id)
    actor = request.actor
    context = {
        "slot": slot,
        "shown": SlotRow(slot),
        "is_own": actor.has_role(slot.organisation_id, *KEEPS_SLOTS),
        "is_coordinator": slot.partnership_id in actor.coordinates,
        "is_teacher": slot.partnership_id in actor.takes_part_as(Role.TEACHER),
        "space": space_of(actor),
    }
    return render(request, "placements/slots/detail.html", context)
