"""Milestones of an initiative: one with its history, and what who answers for it does there."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.milestones import MilestoneForm
from partnerships.models import Initiative, Milestone
from partnerships.presenters import milestones as pages
from partnerships.presenters.initiative_partners import around
from partnerships.rules import milestones as rules
from partnerships.services import milestones as service
from partnerships.views.guards import inside_initiative, led_initiative, milestone_of
from ui.acts import attempt, attempt_form, posted, was_read
from ui.forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Set a milestone."""
    initiative = led_initiative(request, slug)
    return _edit(request, initiative, Milestone(initiative=initiative))


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Another day, another owner, better words."""
    initiative = led_initiative(request, slug)
    return _edit(request, initiative, milestone_of(initiative, public_id))


def _edit(request: ActorRequest, initiative: Initiative, row: Milestone) -> HttpResponse:
    form = MilestoneForm(posted(request), instance=row)
    if form.is_valid():
        act = partial(service.save, milestone=row, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("Saved.")):
            return redirect("partnerships:initiative-inside", initiative.slug)
    context = around(request.actor, initiative) | {"form": form, "milestone": row if row.pk else None}
    return render(request, "partnerships/milestones/form.html", context)


@require_safe
def milestone_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """How it stands, who answers for it, and what was changed."""
    return _page(request, _milestone(request, slug, public_id), ReasonForm())


@require_POST
def milestone_reach(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Say that it is there."""
    return _act(request, slug, public_id, "reach", _("The milestone has been reached."))


@require_POST
def milestone_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Say that it is not there after all."""
    return _act(request, slug, public_id, "reopen", _("The milestone is open again."))


@require_POST
def milestone_drop(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Say that it does not come, and why."""
    milestone = _tended(request, slug, public_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        do = partial(service.move, milestone_id=milestone.pk, action="drop", by=request.actor)
        act = partial(do, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("The milestone has been dropped.")):
            return redirect(milestone)
    return _page(request, milestone, form)


def _act(request: ActorRequest, slug: str, public_id: UUID, action: str, done: str | Promise) -> HttpResponse:
    milestone = _tended(request, slug, public_id)
    act = partial(service.move, milestone_id=milestone.pk, action=action, by=request.actor)
    attempt(request, partial(act, read=was_read(request)), done)
    return redirect(milestone)


def _milestone(request: ActorRequest, slug: str, public_id: UUID) -> Milestone:
    return milestone_of(inside_initiative(request, slug), public_id)


def _tended(request: ActorRequest, slug: str, public_id: UUID) -> Milestone:
    """403 for whoever neither answers for it nor leads the initiative."""
    milestone = _milestone(request, slug, public_id)
    verdict = rules.can_tend(request.actor, milestone)
    if verdict.is_final:
        require(verdict)
    return milestone


def _page(request: ActorRequest, milestone: Milestone, drop: ReasonForm) -> HttpResponse:
    context = around(request.actor, milestone.initiative)
    context |= pages.detail_context(request.actor, milestone, drop)
    return render(request, "partnerships/milestones/detail.html", context)
