"""Placements: the list, one placement, ending it, its supervisor."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import readlog
from core.access import require
from core.pages import paginate
from partnerships.actors import ActorRequest
from placements.enums import LIVE_PLACEMENT
from placements.forms.placements import PlacementSupervisorForm
from placements.forms.slots import ReasonForm
from placements.models import Agreement, Placement
from placements.rules import placements as rules
from placements.services import placements as service
from placements.views.entry import is_allowed, posted, role_of, tell
from placements.views.shown import ShownPlacement, trail


@require_safe
def placement_list(request: ActorRequest) -> HttpResponse:
    everything = request.GET.get("toon") == "alles"
    found = Placement.objects.visible_to(request.actor).for_list()
    page = paginate(request, found if everything else found.filter(state__in=LIVE_PLACEMENT))
    context = {
        "page": page,
        "rows": [ShownPlacement(placement) for placement in page],
        "everything": everything,
        "role": role_of(request.actor),
    }
    return render(request, "placements/placements/list.html", context)


@require_safe
def placement_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    placement = _placement(request, public_id)
    actor, student = request.actor, placement.student
    if student.user_id != actor.user_id:
        readlog.record(actor.user_id, student.public_id)
    context = {
        "placement": placement,
        "shown": ShownPlacement(placement),
        "agreement": Agreement.objects.filter(placement=placement).first(),
        "lost": Placement.objects.without_accreditation().filter(pk=placement.pk).exists(),
        "can_break_off": rules.can_break_off(actor, placement),
        "can_change_supervisor": rules.can_change_supervisor(actor, placement),
        "is_own": student.user_id == actor.user_id,
        "history": trail(placement),
        "role": "student" if student.user_id == actor.user_id else role_of(actor),
    }
    return render(request, "placements/placements/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_break_off(request: ActorRequest, public_id: UUID) -> HttpResponse:
    placement = _placement(request, public_id)
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
    context = {"placement": placement, "form": form, "role": role_of(request.actor)}
    return render(request, "placements/placements/break_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_supervisor(request: ActorRequest, public_id: UUID) -> HttpResponse:
    placement = _placement(request, public_id)
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
    context = {"placement": placement, "form": form, "role": "employer"}
    return render(request, "placements/placements/supervisor.html", context)


def _placement(request: ActorRequest, public_id: UUID) -> Placement:
    visible = Placement.objects.visible_to(request.actor).with_standing(request.actor)
    return get_object_or_404(
        visible.for_list().select_related("student__user", "slot__partnership"), public_id=public_id
    )
