"""The register of decisions of a table."""

from __future__ import annotations

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.presenters import sheets
from meetings.presenters.tables import Table, frame
from meetings.views.guards import table_of_group, table_of_partnership
from partnerships.actors import ActorRequest
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def partnership_decisions(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The decisions of a partnership, with those of its groups that one may see."""
    return _list(request, table_of_partnership(request, slug))


@require_safe
def group_decisions(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """The decisions of a group."""
    return _list(request, table_of_group(request, public_id))


def _list(request: ActorRequest, table: Table) -> HttpResponseBase:
    rows = table.decisions(request.actor).for_list()
    if file := asked(request, rows, sheets.DECISIONS):
        return file
    context = frame(request.actor, table) | {"page": paginate(request, rows)}
    return render(request, "meetings/decisions/list.html", context)
