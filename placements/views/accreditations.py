"""The list of accreditation checks, with the placements that lost theirs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.models import Placement
from programmes.models import Accreditation
from programmes.rules import accreditations as rules
from ui.pages import paginate


@require_safe
def accreditation_list(request: ActorRequest) -> HttpResponse:
    """For who checks accreditations."""
    require(rules.can_check_accreditations(request.actor))
    page = paginate(request, Accreditation.objects.checkable_by(request.actor).for_list())
    lost = Placement.objects.visible_to(request.actor).without_accreditation().for_list()[:20]
    context = {"page": page, "lost": lost, "space": space_of(request.actor)}
    return render(request, "placements/accreditations/list.html", context)
