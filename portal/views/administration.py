"""The administrators' first page: where reference data and accounts are looked after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import calendars, outbox
from core.access import require
from core.imports import batches
from partnerships.actors import ActorRequest
from portal import clockwork, findings, first_use
from portal.rules import can_administer


@require_safe
def administration(request: ActorRequest) -> HttpResponse:
    """The way to the tables, what is missing and what is about to run out, for administrators."""
    require(can_administer(request.actor))
    jobs = clockwork.rows(known_since=request.user.date_joined)
    context = {
        "warnings": calendars.warnings(),
        "mail_late_since": outbox.late_since(),
        "broken_lists": batches.broken_of_late(),
        "trouble": [row for row in jobs if row.is_trouble],
        "fine": [row for row in jobs if not row.is_trouble],
        "found": findings.found(),
        "steps": first_use.lacking(),
    }
    return render(request, "portal/administration.html", context)
