"""Improvement proposals: written by who takes part, answered by the organisation that each is about."""

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

from core.access import require
from core.versions import NO_PAGE
from meetings.forms.proposals import ProposalForm
from meetings.models import ImprovementProposal
from meetings.presenters import proposals as pages
from meetings.presenters.tables import frame
from meetings.queries.proposals import proposes_in
from meetings.rules import proposals as rules
from meetings.services import proposals as service
from meetings.views.form_pages import show_form
from meetings.views.guards import proposal_or_404, table_of_partnership
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def proposal_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What was proposed to members of a partnership."""
    table = table_of_partnership(request, slug)
    rows = ImprovementProposal.objects.sent_in().filter(partnership=table.partnership).for_list()
    if not request.GET.get("alle"):
        rows = rows.going_on()
    rows = rows.with_elsewhere()
    if file := asked(request, rows, pages.sheet(request.actor)):
        return file
    page = paginate(request, rows)
    context = frame(request.actor, table) | {"page": page, "rows": pages.rows(request.actor, list(page))}
    context |= {"shows_all": bool(request.GET.get("alle"))}
    return render(request, "meetings/proposals/list.html", context)


@require_safe
def proposal_own(request: ActorRequest) -> HttpResponseBase:
    """What one proposed oneself, and what became of each."""
    actor = request.actor
    rows = ImprovementProposal.objects.filter(author=actor.person_id).for_list().with_elsewhere()
    if file := asked(request, rows, pages.sheet(actor)):
        return file
    page = paginate(request, rows)
    context = pages.own_frame(actor) | {"page": page, "rows": pages.rows(actor, list(page))}
    context |= {"may_propose": rules.can_propose(proposes_in(actor))}
    return render(request, "meetings/proposals/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_create(request: ActorRequest) -> HttpResponse:
    """Write one; it is sent in from its page."""
    partnerships = proposes_in(request.actor)
    require(rules.can_propose(partnerships))
    form = ProposalForm(posted(request), partnerships=partnerships, instance=ImprovementProposal())
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, proposal=kept, by=request.actor, version=NO_PAGE)
        if attempt_form(
            request, form, act, _("Your proposal has been saved. Read it once more and send it.")
        ):
            return redirect(kept)
    back = reverse("meetings:proposal-own")
    context = pages.own_frame(request.actor) | {"form": form, "back": back, "back_name": _("My proposals")}
    words = {"heading": _("What could be better?"), "submit": _("Save the proposal")}
    return show_form(request, context | words)


@require_safe
def proposal_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One proposal, its way, and what can be done with it."""
    proposal = proposal_or_404(request, public_id)
    return render(request, "meetings/proposals/detail.html", pages.detail_context(request.actor, proposal))


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Change what one wrote."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_change(request.actor, proposal)):
        return redirect(proposal)
    form = ProposalForm(posted(request), partnerships=proposes_in(request.actor), instance=proposal)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, proposal=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The proposal has been saved.")):
            return redirect(proposal)
    words: dict[str, Any] = {"heading": _("Change the proposal"), "submit": _("Save the proposal")}
    words |= {"back": proposal.get_absolute_url(), "back_name": proposal.title, "form": form}
    return show_form(request, pages.own_frame(request.actor) | words)


@require_POST
def proposal_submit(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Send it in."""
    proposal = proposal_or_404(request, public_id)
    if not refused(request, rules.can_submit(request.actor, proposal)):
        act = partial(service.submit, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("Your proposal has been sent. You get an email at every step."))
    return redirect(proposal)


@require_POST
def proposal_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take it back as long as nobody considers it."""
    proposal = proposal_or_404(request, public_id)
    if not refused(request, rules.can_withdraw(request.actor, proposal)):
        act = partial(service.withdraw, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("Your proposal is yours alone again. You can change it and send it later."))
    return redirect(proposal)


@require_POST
def proposal_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back what was said last for the organisation."""
    proposal = proposal_or_404(request, public_id)
    if not refused(request, rules.can_take_back(request.actor, proposal)):
        act_id = number_read(request.POST.get("act", ""))
        act = partial(service.take_back, proposal_id=proposal.pk, act_id=act_id, by=request.actor)
        attempt(request, act, _("The proposal is as it was before."))
    return redirect(proposal)
