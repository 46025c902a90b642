"""Action lines for all who know the partnership from within."""

from __future__ import annotations

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.models import ActionLine
from partnerships.presenters import action_lines as pages
from partnerships.presenters import sheets
from partnerships.queries.action_lines import initiatives_of
from partnerships.views.guards import action_line_in, own_partnership
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def partnership_action_lines(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What a partnership works on, who owns it, and the initiatives under it; what is over last."""
    partnership = own_partnership(request, slug)
    rows = ActionLine.objects.filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.ACTION_LINES):
        return file
    context = pages.list_context(request.actor, partnership, paginate(request, rows))
    return render(request, "partnerships/action_lines/list.html", context)


@require_safe
def action_line(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """One action line with its initiatives and its history."""
    line = action_line_in(request, slug, public_id)
    rows = initiatives_of(line, request.actor)
    if file := asked(request, rows, sheets.INITIATIVES):
        return file
    context = pages.detail_context(request.actor, line, paginate(request, rows))
    return render(request, "partnerships/action_lines/detail.html", context)
