"""Figures about people: of a partnership, and of a school or an employer about its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of, space_of_organisation
from partnerships.rules.figures import can_see_own_figures
from partnerships.rules.memberships import can_manage
from partnerships.views.guards import organisation_or_404
from portal import outcomes
from portal.views.guards import figures_of
from ui.languages import dutch
from ui.pages import whole
from ui.sheets import asked


@require_safe
def partnership_figures(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Start, progress, drop-out and diplomas, and where people far from work take part (stories A-11 and E-12)."""
    partnership = figures_of(request, slug)
    found = outcomes.of_partnership(partnership)
    context = {"space": space_of(request.actor), "name": dutch(partnership.name)}
    if partnership.pk in request.actor.inside:
        context["back"] = reverse("partnerships:partnership-inside", args=[slug])
    return _shown(request, found, context)


@require_safe
def organisation_figures(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The same of a school or an employer over its own people, in whichever partnership they learn."""
    organisation = organisation_or_404(request, slug)
    require(can_see_own_figures(request.actor, organisation))
    found = outcomes.of_organisation(organisation)
    context = space_of_organisation(organisation) | {
        "name": dutch(organisation.name),
        "organisation": organisation,
        "may_manage": can_manage(request.actor, organisation),
    }
    return _shown(request, found, context)


def _shown(request: HttpRequest, found: outcomes.Outcomes, context: Mapping[str, Any]) -> HttpResponseBase:
    cells = list(outcomes.cells(found))
    if file := asked(request, cells, outcomes.SHEET):
        return file
    titles = [outcomes.WORDS[name] for name in outcomes.COLUMNS]
    shown = {"found": found, "titles": titles, "page": whole(cells, request.path)}
    return render(request, "portal/outcomes.html", {"back": "", "organisation": None, **shown, **context})
