"""How often a table meets, and its next meeting in one press."""

from __future__ import annotations

import datetime as dt
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.forms.rhythms import RhythmForm
from meetings.models import Meeting, Rhythm
from meetings.presenters.tables import Table, frame
from meetings.queries.rhythms import rhythm_of
from meetings.rules.meetings import can_plan
from meetings.services import rhythms as service
from meetings.views.form_pages import show_form
from meetings.views.guards import table_of_group, table_of_partnership
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_rhythm(request: ActorRequest, slug: str) -> HttpResponse:
    """How often a whole partnership meets."""
    return _edit(request, table_of_partnership(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def group_rhythm(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The same of a group."""
    return _edit(request, table_of_group(request, public_id))


def _edit(request: ActorRequest, table: Table) -> HttpResponse:
    if refused(request, can_plan(request.actor, table.partnership, table.group)):
        return redirect(table.meetings_url)
    rhythm = rhythm_of(table.partnership, table.group)
    rhythm = rhythm or Rhythm(partnership=table.partnership, group=table.group)
    form = RhythmForm(posted(request), instance=rhythm)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, rhythm=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The rhythm has been saved.")):
            return redirect(table.meetings_url)
    context = frame(request.actor, table) | {"form": form, "back": table.meetings_url}
    context |= {
        "back_name": _("Meetings"),
        "heading": _("How often do you meet?"),
        "submit": _("Save the rhythm"),
    }
    return show_form(request, context)


@require_POST
def partnership_rhythm_plan(request: ActorRequest, slug: str) -> HttpResponse:
    """Plan the next meeting of a whole partnership."""
    return _plan(request, table_of_partnership(request, slug))


@require_POST
def group_rhythm_plan(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The same of a group."""
    return _plan(request, table_of_group(request, public_id))


def _plan(request: ActorRequest, table: Table) -> HttpResponse:
    rhythm = rhythm_of(table.partnership, table.group)
    if refused(request, can_plan(request.actor, table.partnership, table.group)) or rhythm is None:
        return redirect(table.meetings_url)
    planned: list[Meeting] = []

    def act() -> None:
        planned.append(service.plan_next(rhythm_id=rhythm.pk, day=_day(request), by=request.actor))

    done = attempt(request, act, _("The meeting has been planned. Now make the agenda."))
    return redirect(planned[0] if done else table.meetings_url)


def _day(request: ActorRequest) -> dt.date:
    """The day that the page showed; one that is none is not the next day either."""
    try:
        return dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return dt.date.min
