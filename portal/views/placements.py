"""The page of one placement, which joins what several apps know of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from agreements.presenters.status import word_of
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.enums import LIVE_PLACEMENT
from placements.presenters import contacts
from placements.presenters.accreditations import accreditation_notes
from placements.presenters.placements import PlacementRow, break_off_context
from placements.queries.contacts import around_placement
from placements.rules import placements as rules
from placements.views.guards import placement_or_404
from ui.history import by_act, field_lines, state_lines


@require_safe
def placement_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Who is placed where and until when, with the agreement, what happened, and what this reader can do."""
    placement = placement_or_404(request, public_id)
    actor, student = request.actor, placement.student
    agreements = list(Agreement.objects.filter(placement=placement).with_text_in_force().order_by("-number"))
    context = {
        "placement": placement,
        "shown": PlacementRow(placement),
        "contacts": contacts.cards(around_placement(placement), actor),
        "agreed": next((row.text_now for row in agreements if row.text_now), None),
        "agreements": [(row, word_of(row)) for row in agreements],
        **accreditation_notes(actor, placement),
        **break_off_context(actor, placement),
        "can_change_supervisor": rules.can_change_supervisor(actor, placement),
        "is_own": student.person_id == actor.person_id,
        "has_moment": placement.state in LIVE_PLACEMENT,
        "sees_contact": rules.sees_contact(actor, placement),
        "history": by_act(state_lines(placement), field_lines(placement, *placement.supervisions.all())),
        "space": "student" if student.person_id == actor.person_id else space_of(actor),
    }
    return render(request, "portal/placement.html", context)
