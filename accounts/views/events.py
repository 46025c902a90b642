"""What happened around accounts, for administrators: what, when and from which part of the network, not to whom."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent
from accounts.presenters.sheets import EVENTS
from accounts.presenters.signing_in import EventRow, kinds_of_late
from accounts.views.second_step import for_administrators
from ui.pages import paginate
from ui.sheets import asked


@require_safe
@for_administrators
def event_list(request: HttpRequest) -> HttpResponseBase:
    """Every event, or those of one kind; whose account it was shows within a support act alone."""
    chosen = request.GET.get("soort", "")
    kind = chosen if chosen in SecurityKind.values else ""
    found = SecurityEvent.objects.for_list(kind)
    if file := asked(request, found, EVENTS):
        return file
    page = paginate(request, found)
    context = {
        "page": page,
        "rows": [EventRow(event) for event in page],
        "kind": SecurityKind(kind).label if kind else "",
        "kinds": kinds_of_late(),
        "space": "administrator",
    }
    return render(request, "accounts/events.html", context)
