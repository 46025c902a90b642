"""Placements: the list, ending one, its supervisor. The page of one placement is in portal."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.forms.placements import PlacementSupervisorForm
from placements.models import Placement
from placements.presenters.placements import PlacementRow
from placements.rules import placements as rules
from placements.services import placements as service
from placements.views.guards import placement_or_404
from ui.acts import attempt, posted, refused
from ui.forms import ReasonForm
from ui.pages import paginate


@require_safe
def placement_list(request: ActorRequest) -> HttpResponse:
    """Every placement the reader may see; the live ones unless asked otherwise."""
    everything = request.GET.get("toon") == "alles"
    found = Placement.objects.visible_to(request.actor).for_list()
    page = paginate(request, found if everything else found.live())
    rows = [PlacementRow(placement) for placement in page]
    context = {"page": page, "rows": rows, "everything": everything, "space": space_of(request.actor)}
    return render(request, "placements/placements/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_break_off(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """End a placement early, with the reason."""
    placement = placement_or_404(request, public_id)
    if refused(request, rules.can_break_off(request.actor, placement)):
        return redirect(placement)
    form = ReasonForm(posted(request), help_text=_("The student, the employer and the school read this."))
    if form.is_valid():
        act = partial(service.break_off, placement_id=placement.pk, by=request.actor, **form.cleaned_data)
        attempt(request, act, _("The placement has ended. Everyone has been told."))
        return redirect(placement)
    context = {"placement": placement, "form": form, "space": space_of(request.actor)}
    return render(request, "placements/placements/break_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_supervisor(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Choose who guides the student."""
    placement = placement_or_404(request, public_id)
    if refused(request, rules.can_change_supervisor(request.actor, placement)):
        return redirect(placement)
    form = PlacementSupervisorForm(posted(request), placement=placement)
    if form.is_valid():
        act = partial(
            service.change_supervisor, placement_id=placement.pk, by=request.actor, **form.cleaned_data
        )
        attempt(request, act, _("The supervisor is saved."))
        return redirect(placement)
    context = {"placement": placement, "form": form, "space": "employer"}
    return render(request, "placements/placements/supervisor.html", context)
