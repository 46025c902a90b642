"""Placements: the list, one placement, ending it, its supervisor."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.enums import LIVE_PLACEMENT
from placements.forms.placements import PlacementSupervisorForm
from placements.models import Placement
from placements.presenters.slots import PlacementRow
from placements.rules import placements as rules
from placements.services import placements as service
from placements.views.guards import placement_or_404
from ui.acts import is_allowed, posted, tell
from ui.forms import ReasonForm
from ui.pages import paginate


@require_safe
def placement_list(request: ActorRequest) -> HttpResponse:
    everything = request.GET.get("toon") == "alles"
    found = Placement.objects.visible_to(request.actor).for_list()
    page = paginate(request, found if everything else found.filter(state__in=LIVE_PLACEMENT))
    context = {
        "page": page,
        "rows": [PlacementRow(placement) for placement in page],
        "everything": everything,
        "space": space_of(request.actor),
    }
    return render(request, "placements/placements/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_break_off(request: ActorRequest, public_id: UUID) -> HttpResponse:
    placement = placement_or_404(request, public_id)
    verdict = rules.can_break_off(request.actor, placement)
    if placement.is_live:
        require(verdict)
    if not is_allowed(request, verdict):
        return redirect(placement)
    form = ReasonForm(posted(request), help_text=_("The student, the employer and the school read this."))
    if request.method == "POST" and form.is_valid():
        try:
            service.break_off(placement_id=placement.pk, reason=form.cleaned_data["reason"], by=request.actor)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("The placement has ended. Everyone has been told."))
        return redirect(placement)
    context = {"placement": placement, "form": form, "space": space_of(request.actor)}
    return render(request, "placements/placements/break_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_supervisor(request: ActorRequest, public_id: UUID) -> HttpResponse:
    placement = placement_or_404(request, public_id)
    verdict = rules.can_change_supervisor(request.actor, placement)
    if placement.is_live:
        require(verdict)
    if not is_allowed(request, verdict):
        return redirect(placement)
    form = PlacementSupervisorForm(posted(request), placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            service.change_supervisor(
                placement_id=placement.pk, supervisor=form.cleaned_data["supervisor"], by=request.actor
            )
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("The supervisor is saved."))
        return redirect(placement)
    context = {"placement": placement, "form": form, "space": "employer"}
    return render(request, "placements/placements/supervisor.html", context)
