"""What a partnership yielded for one organisation."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.models import Member
from partnerships.presenters.spaces import space_of
from partnerships.rules.social_returns import can_keep_social_return
from partnerships.views.guards import own_partnership
from portal import yields
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def organisation_yield(request: ActorRequest, slug: str, organisation: str) -> HttpResponseBase:
    """Each figure, and the list behind the one that was chosen (story E-11)."""
    partnership = own_partnership(request, slug)
    members = Member.objects.running().filter(partnership=partnership).for_list()
    member = get_object_or_404(members, organisation__slug=organisation)
    require(yields.can_see_yield(request.actor, partnership, member.organisation))
    chosen = request.GET.get("lijst", "")
    figures = yields.yields(request.actor, partnership, member.organisation, chosen)
    shown = next(figure for figure in figures if figure.is_shown)
    if file := asked(request, shown.rows, yields.SHEET):
        return file
    students = yields.students_placed(partnership, member.organisation)
    context = {
        "space": space_of(request.actor),
        "partnership": partnership,
        "member": member,
        "figures": figures,
        "shown": shown,
        "students": students,
        "students_url": yields.students_url(request.actor, partnership, member.organisation),
        "page": paginate(request, shown.rows),
        "keeps_social_return": can_keep_social_return(request.actor, member.organisation),
    }
    return render(request, "portal/yield.html", context)
