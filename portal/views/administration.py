"""The administrators' first page: where reference data and accounts are looked after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.access import ALLOW, deny, require
from partnerships.actors import ActorRequest


@require_safe
def administration(request: ActorRequest) -> HttpResponse:
    require(ALLOW if request.actor.is_staff else deny(_("Only administrators come here.")))
    return render(request, "portal/administration.html")
