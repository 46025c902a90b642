"""The kick-off of a call."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.forms.meetings import MeetingForm
from meetings.models import Meeting
from meetings.presenters.tables import Table, frame
from meetings.queries.tables import kick_off_of
from meetings.rules.meetings import can_plan
from meetings.services import kick_offs as service
from meetings.views.form_pages import show_form
from partnerships.actors import ActorRequest
from partnerships.views.guards import written_call
from ui.acts import attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def call_kick_off(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Plan it, to begin with what the call says; the one that is there already is shown."""
    partnership, found = written_call(request, slug, call)
    known = kick_off_of(found.pk)
    if known is not None:
        return redirect(known)
    if refused(request, can_plan(request.actor, partnership, None)):
        return redirect("partnerships:coordination-call", slug, call)
    row = Meeting(partnership=partnership, call=found)
    form = MeetingForm(posted(request), instance=row, initial={"title": f"Kick-off {found.title}"[:120]})
    if form.is_valid():
        act = partial(service.plan, meeting=form.save(commit=False), by=request.actor)
        if attempt_form(request, form, act, _("The kick-off has been planned.")):
            return redirect(kick_off_of(found.pk) or row)
    table = Table(partnership)
    context = frame(request.actor, table) | {"form": form, "back": table.meetings_url}
    words = {"back_name": _("Meetings"), "heading": _("Plan the kick-off"), "submit": _("Plan the kick-off")}
    return show_form(request, context | words)
