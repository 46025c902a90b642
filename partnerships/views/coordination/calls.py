"""Calls of a partnership."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.calls import CallForm
from partnerships.models import Call, Partnership, SignUp
from partnerships.presenters import sheets
from partnerships.presenters.boards import columns_of
from partnerships.presenters.spots import ON_CALL
from partnerships.rules.closings import can_close_call, can_discard_call
from partnerships.rules.partnerships import can_coordinate, goes_on
from partnerships.services import calls as call_service
from partnerships.views.guards import coordinated_partnership, written_call, written_partnership
from ui.acts import attempt, attempt_form, posted, refused
from ui.history import trail, undo_of
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def call_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """All calls, the latest deadline first."""
    partnership = written_partnership(request, slug)
    rows = partnership.calls.for_list()
    if file := asked(request, rows, sheets.COORDINATED_CALLS):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/calls/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make a call."""
    partnership = written_partnership(request, slug)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:coordination-calls", slug)
    return _edit(request, partnership, None)


@require_http_methods(["GET", "HEAD", "POST"])
def call_change(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Change a call."""
    return _edit(request, *written_call(request, slug, call))


def _edit(request: ActorRequest, partnership: Partnership, call: Call | None) -> HttpResponse:
    instance = call or Call(partnership=partnership)
    form = CallForm(posted(request), instance=instance, partnership=partnership)
    if form.is_valid():
        known = form.save(commit=False)
        act = partial(call_service.save, call=known, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The call has been saved."), field="title"):
            return redirect("partnerships:coordination-call", partnership.slug, instance.slug)
    context = {"space": "coordinator", "partnership": partnership, "call": call, "form": form}
    return render(request, "partnerships/coordination/calls/form.html", context)


@require_POST
def call_start_next(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Start next year's call from this one, as a draft."""
    partnership, found = written_call(request, slug, call)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:coordination-call", slug, call)
    made: list[Call] = []
    act = partial(call_service.start_next, call_id=found.pk, by=request.actor)
    done = _("The call for the next study year is a draft. Check the texts and days, then publish it.")
    if attempt(request, lambda: made.append(act()), done):
        return redirect("partnerships:coordination-call-change", slug, made[0].slug)
    return redirect("partnerships:coordination-call", slug, call)


@require_safe
def call_board(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """The employers that answered in columns, one for each state."""
    partnership = coordinated_partnership(request, slug)
    found = get_object_or_404(partnership.calls.all(), slug=call)
    context = {
        "space": "coordinator",
        "belongs_under": reverse("partnerships:coordination-calls", args=[slug]),
        "partnership": partnership,
        "call": found,
        "columns": columns_of(found),
    }
    return render(request, "partnerships/coordination/calls/board.html", context)


@require_safe
def call_detail(request: ActorRequest, slug: str, call: str) -> HttpResponseBase:
    """The gauge, and for coordinators everyone who signed up and confirmed."""
    partnership, found = written_call(request, slug, call)
    confirmed = SignUp.objects.confirmed().filter(call=found)
    coordinates = can_coordinate(request.actor, partnership)
    if coordinates and (file := asked(request, confirmed.for_list(), sheets.SIGN_UPS)):
        return file
    history, page = trail(found), paginate(request, confirmed.for_list())
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "call": found,
        "figures": confirmed.figures(),
        "history": history,
        "undo": undo_of(found, history),
        "may_close": can_close_call(request.actor, found),
        "may_start_next": goes_on(partnership),
        "may_discard": can_discard_call(request.actor, found, was_used=bool(page.total or history)),
        # Who signed up is told to coordinators alone; who else writes the call sees the figures.
        "coordinates": coordinates,
        "sections": ON_CALL.of(found, request.actor),
        "page": page if coordinates else None,
    }
    return render(request, "partnerships/coordination/calls/detail.html", context)
