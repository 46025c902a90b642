"""Placements: the list, ending one, its supervisor. The page of one placement is in portal."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.forms.placements import BreakOffForm, PlacementSupervisorForm
from placements.models import Placement
from placements.presenters import sheets
from placements.presenters.placements import PlacementRow
from placements.queries.break_offs import is_repeat, standing_act
from placements.queries.leaving import of_break_off
from placements.queries.visible import placements_by_key
from placements.rules import placements as rules
from placements.services import break_offs, supervisors
from placements.views.guards import placement_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def placement_list(request: ActorRequest) -> HttpResponseBase:
    """Every placement the reader may see; the live ones unless asked otherwise."""
    everything = request.GET.get("toon") == "alles"
    found = Placement.objects.visible_to(request.actor)
    found = (found if everything else found.live()).by_name()
    if file := asked(request, found.with_details(), sheets.PLACEMENTS):
        return file
    page = paginate(request, found, rows=placements_by_key)
    rows = [PlacementRow(placement) for placement in page]
    context = {"page": page, "rows": rows, "everything": everything, "space": space_of(request.actor)}
    return render(request, "placements/placements/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_break_off(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """End a placement early on a day, with the reason; what follows stands beside the question."""
    placement = placement_or_404(request, public_id)
    done = _("The last day is noted. The student, the employer and the teachers get an email.")
    if request.method == "POST" and is_repeat(placement, request.POST.get("last_day"), request.actor):
        messages.success(request, done)  # the button a second time
        return redirect(placement)
    if refused(request, rules.can_break_off(request.actor, placement)):
        return redirect(placement)
    form = BreakOffForm(posted(request), placement=placement)
    if form.is_valid():
        act = partial(
            break_offs.break_off, placement_id=placement.pk, by=request.actor, read=was_read(request)
        )
        if attempt_form(request, form, partial(act, **form.cleaned_data), done):
            return redirect(placement)
    context = {
        "placement": placement,
        "form": form,
        "consequences": of_break_off(placement),
        "space": space_of(request.actor),
    }
    return render(request, "placements/placements/break_off.html", context)


@require_POST
def placement_restore(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let a placement that was ended early go on after all."""
    placement = placement_or_404(request, public_id)
    done = _("The placement continues. Everyone who was told has been told that too.")
    act = standing_act(placement)
    if states.was_taken_back(placement, by=request.actor.person_id):
        messages.success(request, done)  # the button a second time
    elif not refused(request, rules.can_take_back_break_off(request.actor, placement, act)):
        back = partial(break_offs.take_back, placement_id=placement.pk, by=request.actor)
        attempt(request, partial(back, read=was_read(request)), done)
    return redirect(placement)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_supervisor(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Choose who guides the student, and from which day."""
    placement = placement_or_404(request, public_id)
    if refused(request, rules.can_change_supervisor(request.actor, placement)):
        return redirect(placement)
    form = PlacementSupervisorForm(posted(request), placement=placement)
    if form.is_valid():
        chosen = {"to": form.cleaned_data["supervisor"], "starts_on": form.cleaned_data["starts_on"]}
        act = partial(supervisors.hand_over, placement_id=placement.pk, by=request.actor, **chosen)
        if attempt_form(request, form, partial(act, read=was_read(request)), _("The supervisor is saved.")):
            return redirect(placement)
    context = {"placement": placement, "form": form, "space": "employer"}
    return render(request, "placements/placements/supervisor.html", context)
