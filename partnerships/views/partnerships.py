"""The published part of partnerships."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.for_everyone import for_everyone
from partnerships.actors import ActorRequest
from partnerships.models import Partnership
from partnerships.presenters import sheets
from partnerships.presenters.initiatives import cards
from partnerships.presenters.inside import inside_context
from partnerships.presenters.partnerships import detail_context
from partnerships.presenters.spots import IN_PUBLIC
from partnerships.queries.cooperation import in_force
from partnerships.rules.initiative_proposals import can_propose_in
from partnerships.rules.partnerships import can_change_facts, can_change_texts
from partnerships.views.guards import open_to, own_partnership
from ui.pages import paginate
from ui.sheets import asked


@login_not_required
@require_safe
@for_everyone
def partnership_list(request: HttpRequest) -> HttpResponseBase:
    """Those with a public page, and one's own."""
    found = open_to(request, Partnership.objects.with_member_count()).for_list()
    if file := asked(request, found, sheets.PARTNERSHIPS):
        return file
    page = paginate(request, found)
    return render(request, "partnerships/partnerships/list.html", {"page": page})


@login_not_required
@require_safe
@for_everyone
def partnership_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part and what they do together; meetings, groups and papers stay inside."""
    visible = open_to(request, Partnership.objects.for_page())
    partnership = get_object_or_404(visible, slug=slug)
    page = paginate(request, partnership.initiatives.published().for_list(), 12, short=True)
    actor = getattr(request, "actor", None)  # the middleware gives one to signed-in people alone
    context = detail_context(partnership, actor) | {"page": page, "cards": cards(page.items)}
    context["beside"] = IN_PUBLIC.of(partnership, actor)
    if actor:
        context["is_inside"] = partnership.pk in actor.inside
        context["cooperation"] = in_force(partnership) if context["is_inside"] else None
        context["may_propose"] = can_propose_in(actor, partnership)
        context["may_change"] = can_change_texts(actor, partnership)
        context["may_change_facts"] = can_change_facts(actor, partnership)
    return render(request, "partnerships/partnerships/detail.html", context)


@require_safe
def partnership_inside(request: ActorRequest, slug: str) -> HttpResponse:
    """What a partnership shows to all who know it from within, with ways to each part of it."""
    partnership = own_partnership(request, slug)
    context = inside_context(request.actor, partnership)
    return render(request, "partnerships/partnerships/inside.html", context)
