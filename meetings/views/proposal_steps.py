"""What an organisation says to an improvement proposal, step by step, and another one that begins too."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.forms.proposals import AdoptForm, BeginTooForm, CarriedOutForm, OwnerForm
from meetings.models import ImprovementProposal
from meetings.presenters import proposals as pages
from meetings.queries.owners import can_answer_for
from meetings.queries.proposals import beginning
from meetings.rules import proposals as rules
from meetings.services import proposals as service
from meetings.views.form_pages import show_form
from meetings.views.guards import proposal_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt_form, posted, refused, was_read
from ui.forms import ReasonForm


def _form(request: ActorRequest, proposal: ImprovementProposal, **words: Any) -> HttpResponse:
    context = pages.around(request.actor, proposal)
    context |= {"back": proposal.get_absolute_url(), "back_name": proposal.title, "read_of": proposal}
    return show_form(request, context | words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_consider(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say who considers it, and by when there is an answer."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_consider(request.actor, proposal)):
        return redirect(proposal)
    form = OwnerForm(posted(request), people=can_answer_for(proposal.organisation_id))
    if form.is_valid():
        act = partial(service.consider, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        done = _("The author has been told who answers, and by when.")
        if attempt_form(request, form, partial(act, read=was_read(request)), done):
            return redirect(proposal)
    words = {"heading": _("Who considers this proposal?"), "submit": _("Tell the author")}
    return _form(request, proposal, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_hand_over(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let someone else answer, or by another day."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_hand_over(request.actor, proposal)):
        return redirect(proposal)
    now = {"owner": proposal.owner_id, "reaction_due": proposal.reaction_due}
    form = OwnerForm(posted(request), people=can_answer_for(proposal.organisation_id), initial=now)
    if form.is_valid():
        act = partial(service.hand_over, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(act, read=was_read(request)), _("The author has been told.")):
            return redirect(proposal)
    words = {"heading": _("Someone else or another day"), "submit": _("Tell the author")}
    return _form(request, proposal, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_adopt(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that the organisation does it."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_adopt(request.actor, proposal)):
        return redirect(proposal)
    form = AdoptForm(posted(request))
    if form.is_valid():
        act = partial(service.adopt, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(act, read=was_read(request)), _("You adopt the proposal.")):
            return redirect(proposal)
    words = {"heading": _("Adopt the proposal"), "submit": _("Adopt the proposal")}
    return _form(request, proposal, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_reject(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that the organisation does not do it, and why."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_reject(request.actor, proposal)):
        return redirect(proposal)
    form = ReasonForm(posted(request), help_text=_("The author gets this by email."))
    if form.is_valid():
        act = partial(service.reject, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(act, read=was_read(request)), _("You reject the proposal.")):
            return redirect(proposal)
    words = {"heading": _("Reject the proposal"), "submit": _("Reject the proposal"), "danger": True}
    return _form(request, proposal, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_carry_out(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Report back that it was done."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_carry_out(request.actor, proposal)):
        return redirect(proposal)
    form = CarriedOutForm(posted(request))
    if form.is_valid():
        act = partial(service.carry_out, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        done = _("The author reads what it brought.")
        if attempt_form(request, form, partial(act, read=was_read(request)), done):
            return redirect(proposal)
    words = {"heading": _("The proposal has been carried out"), "submit": _("Save as carried out")}
    return _form(request, proposal, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_begin_too(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that one's own organisation begins with it too."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_begin_too(request.actor, proposal)):
        return redirect(proposal)
    own = beginning(rules.begins_for(request.actor, proposal), proposal)
    if refused(request, rules.can_begin_once(own)):
        return redirect(proposal)
    form = BeginTooForm(posted(request), organisations=own)
    if form.is_valid():
        act = partial(service.begin_too, proposal_id=proposal.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The author has been told that you begin too.")):
            return redirect(proposal)
    words = {"heading": _("We begin too"), "submit": _("We begin too")}
    return _form(request, proposal, form=form, **words)
