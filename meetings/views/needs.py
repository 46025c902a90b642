"""Needs of a partnership: brought by anyone with a role there, answered by who writes for it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from core.versions import NO_PAGE
from meetings.forms.needs import NeedAnswerForm, NeedForm
from meetings.models import Need
from meetings.presenters import needs as pages
from meetings.presenters.tables import Table, frame
from meetings.rules import needs as rules
from meetings.services import needs as service
from meetings.views.form_pages import show_form
from meetings.views.guards import need_or_404, table_of_partnership
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def need_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What was brought to a partnership."""
    table = table_of_partnership(request, slug)
    rows = Need.objects.filter(partnership=table.partnership).for_list()
    if not request.GET.get("alle"):
        rows = rows.waiting()
    if file := asked(request, rows, pages.sheet(request.actor)):
        return file
    page = paginate(request, rows)
    context = frame(request.actor, table) | {"page": page, "rows": pages.rows(request.actor, list(page))}
    context |= {"shows_all": bool(request.GET.get("alle"))}
    context |= pages.ways_in(request.actor, table.partnership)
    return render(request, "meetings/needs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Bring a need."""
    table = table_of_partnership(request, slug)
    back = reverse("meetings:need-list", args=[slug])
    if refused(request, rules.can_voice(request.actor, table.partnership)):
        return redirect(back)
    row = Need(partnership=table.partnership)
    form = NeedForm(posted(request), actor=request.actor, instance=row)
    done = _("Your need has been sent to the coordinators. You get an email when there is an answer.")
    if form.is_valid():
        act = partial(service.save, need=form.save(commit=False), by=request.actor, version=NO_PAGE)
        if attempt_form(request, form, act, done):
            return redirect(row)
    context = frame(request.actor, table) | {"form": form, "back": back, "back_name": _("Needs")}
    words = {"heading": _("What do you need?"), "submit": _("Send to the coordinators")}
    return show_form(request, context | words)


@require_safe
def need_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One need: who brought it, on which agenda it is, and what became of it."""
    need = need_or_404(request, public_id)
    return render(request, "meetings/needs/detail.html", pages.detail_context(request.actor, need))


def _form(request: ActorRequest, need: Need, **words: Any) -> HttpResponse:
    context = frame(request.actor, Table(need.partnership))
    context |= {"back": need.get_absolute_url(), "back_name": need.title}
    return show_form(request, context | words)


@require_http_methods(["GET", "HEAD", "POST"])
def need_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Change what one brought."""
    need = need_or_404(request, public_id)
    if refused(request, rules.can_change(request.actor, need)):
        return redirect(need)
    form = NeedForm(posted(request), actor=request.actor, instance=need)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, need=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The need has been saved.")):
            return redirect(need)
    return _form(request, need, form=form, heading=_("Change the need"), submit=_("Save the need"))


@require_http_methods(["GET", "HEAD", "POST"])
def need_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say what becomes of it."""
    need = need_or_404(request, public_id)
    if refused(request, rules.can_answer(request.actor, need)):
        return redirect(need)
    form = NeedAnswerForm(posted(request))
    if form.is_valid():
        answer = partial(service.answer, need_id=need.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(
            request, form, partial(answer, read=was_read(request)), _("The answer has been sent.")
        ):
            return redirect(need)
    words = {"heading": _("Answer the need"), "submit": _("Send the answer")}
    return _form(request, need, form=form, read_of=need, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def need_drop(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Not take it up, or take back what one brought."""
    need = need_or_404(request, public_id)
    if refused(request, rules.can_drop(request.actor, need)):
        return redirect(need)
    form = ReasonForm(posted(request), help_text=_("Everyone in the partnership can read it."))
    if form.is_valid():
        drop = partial(service.drop, need_id=need.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(drop, read=was_read(request)), _("The need is not taken up.")):
            return redirect(need)
    own = need.person_id == request.actor.person_id
    heading = _("Take back your need") if own else _("Do not take up this need")
    words = {"heading": heading, "submit": _("Take back") if own else _("Do not take up")}
    return _form(request, need, form=form, read_of=need, **words)


@require_POST
def need_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Open it again after all."""
    need = need_or_404(request, public_id)
    act_id = number_read(request.POST.get("act", ""))
    read = states.history(need).filter(pk=act_id).first()
    if not refused(request, rules.can_take_back(request.actor, need, read)):
        act = partial(service.take_back, need_id=need.pk, act_id=act_id, by=request.actor)
        attempt(request, act, _("The need is open again."))
    return redirect(need)
