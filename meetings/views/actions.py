"""Actions: one's own, those of a table, and one from its beginning to what became of it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.forms.agenda import ActionForm, OutcomeForm
from meetings.models import Action
from meetings.presenters import actions as pages
from meetings.presenters import sheets
from meetings.presenters.tables import Table, frame
from meetings.queries.actions import promised, under_line
from meetings.rules import actions as rules
from meetings.rules.meetings import can_plan
from meetings.services import actions as service
from meetings.views.form_pages import show_form
from meetings.views.guards import action_or_404, line_asked, table_of_group, table_of_partnership
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def action_list(request: ActorRequest) -> HttpResponseBase:
    """One's own actions, those still to be done."""
    rows = Action.objects.of(request.actor)
    if file := asked(request, rows, sheets.ACTIONS):
        return file
    context = pages.own_frame(request.actor) | {"page": paginate(request, rows)}
    return render(request, "meetings/actions/own.html", context)


@require_safe
def partnership_actions(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The actions of a partnership, with those of its groups that one may see."""
    return _list(request, table_of_partnership(request, slug))


@require_safe
def group_actions(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """The actions of a group."""
    return _list(request, table_of_group(request, public_id))


def _list(request: ActorRequest, table: Table) -> HttpResponseBase:
    line = line_asked(request, table)
    every = under_line(table.actions(request.actor), line)
    rows = (every if request.GET.get("alle") else every.running()).for_list()
    if file := asked(request, rows, sheets.ACTIONS):
        return file
    context = frame(request.actor, table) | {"page": paginate(request, rows), "promised": promised(every)}
    context |= {"shows_all": bool(request.GET.get("alle")), "line": line}
    context["may_give"] = can_plan(request.actor, table.partnership, table.group)
    return render(request, "meetings/actions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_action_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Give an action besides a meeting."""
    return _create(request, table_of_partnership(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def group_action_create(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The same for a group."""
    return _create(request, table_of_group(request, public_id))


def _create(request: ActorRequest, table: Table) -> HttpResponse:
    if refused(request, can_plan(request.actor, table.partnership, table.group)):
        return redirect(table.actions_url)
    row = Action(partnership=table.partnership, group=table.group)
    form = ActionForm(posted(request), actor=request.actor, instance=row)
    if form.is_valid():
        act = partial(service.give, action=form.save(commit=False), by=request.actor)
        if attempt_form(request, form, act, _("The action has been given.")):
            return redirect(table.actions_url)
    context = frame(request.actor, table) | {"form": form, "back": table.actions_url}
    context |= {"back_name": _("Actions"), "heading": _("Give an action"), "submit": _("Give the action")}
    return show_form(request, context)


@require_safe
def action_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One action: who does it by when, where it comes from, and what became of it."""
    action = action_or_404(request, public_id)
    return render(request, "meetings/actions/detail.html", pages.detail_context(request.actor, action))


def _form(request: ActorRequest, action: Action, **words: Any) -> HttpResponse:
    return show_form(request, pages.form_frame(request.actor, action) | words)


@require_http_methods(["GET", "HEAD", "POST"])
def action_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Another owner or day."""
    action = action_or_404(request, public_id)
    if refused(request, rules.can_change(request.actor, action)):
        return redirect(action)
    form = ActionForm(posted(request), actor=request.actor, instance=action)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.change, action=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The action has been saved.")):
            return redirect(action)
    return _form(request, action, form=form, heading=_("Change the action"), submit=_("Save the action"))


@require_POST
def action_take(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that it is begun."""
    action = action_or_404(request, public_id)
    if not refused(request, rules.can_take(request.actor, action)):
        act = partial(service.take, action_id=action.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("Noted that you have started."))
    return redirect(action)


@require_http_methods(["GET", "HEAD", "POST"])
def action_finish(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that it is done, and what became of it."""
    action = action_or_404(request, public_id)
    if refused(request, rules.can_finish(request.actor, action)):
        return redirect(action)
    form = OutcomeForm(posted(request))
    if form.is_valid():
        finish = partial(service.finish, action_id=action.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(finish, read=was_read(request)), _("The action is done.")):
            return redirect(action)
    words = {"heading": _("The action is done"), "submit": _("Save as done")}
    return _form(request, action, form=form, read_of=action, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def action_lapse(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that it is not needed any more, and why."""
    action = action_or_404(request, public_id)
    if refused(request, rules.can_lapse(request.actor, action)):
        return redirect(action)
    form = ReasonForm(posted(request), help_text=_("Everyone at this table reads it."))
    if form.is_valid():
        lapse = partial(service.lapse, action_id=action.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(lapse, read=was_read(request)), _("The action has lapsed.")):
            return redirect(action)
    words = {"heading": _("The action is not needed any more"), "submit": _("Let the action lapse")}
    return _form(request, action, form=form, read_of=action, **words)


@require_POST
def action_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put it back where it was."""
    action = action_or_404(request, public_id)
    if not refused(request, rules.can_work_on(request.actor, action)):
        act_id = number_read(request.POST.get("act", ""))
        act = partial(service.take_back, action_id=action.pk, act_id=act_id, by=request.actor)
        attempt(request, act, _("The action is as it was before."))
    return redirect(action)
