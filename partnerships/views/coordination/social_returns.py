"""What the members of a partnership owe in social return, as totals."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.presenters import social_return_sheets as sheets
from partnerships.presenters import social_returns as pages
from partnerships.queries.social_returns import totals
from partnerships.views.guards import coordinated_partnership
from ui.pages import paginate_list
from ui.sheets import asked


@require_safe
def social_return_totals(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Of each member with duties that hold today what it owes, what counts and what is open."""
    partnership = coordinated_partnership(request, slug)
    rows = totals(partnership)
    if file := asked(request, rows, sheets.SOCIAL_RETURN_TOTALS):
        return file
    page = paginate_list(request, rows)
    context = {"space": "coordinator", "partnership": partnership, "page": page}
    context["rows"] = pages.total_rows(page)
    return render(request, "partnerships/coordination/social_returns.html", context)
