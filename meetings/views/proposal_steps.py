"""What an organisation says to an improvement proposal, step by step, and another one that begins too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meetings.forms.proposals import AdoptForm, BeginTooForm, CarriedOutForm, OwnerForm
from meetings.models import ImprovementProposal
from meetings.presenters import proposals as pages
from meetings.queries.owners import can_answer_for
from meetings.queries.proposals import beginning
from meetings.rules import proposals as rules
from meetings.services import proposals as service
from meetings.views.form_pages import show_form
from meetings.views.guards import adoption_or_404, proposal_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import PortalForm, ReasonForm


def _say(
    request: ActorRequest,
    proposal: ImprovementProposal,
    form: PortalForm,
    act: Callable[..., Any],
    *,
    done: str,
    **words: Any,
) -> HttpResponse:
    """Do what the form asks of a service, or show it with its words."""
    if form.is_valid():
        said = partial(act, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(said, **form.cleaned_data), done):
            return redirect(proposal)
    context = pages.around(request.actor, proposal)
    context |= {"back": proposal.get_absolute_url(), "back_name": proposal.title, "read_of": proposal}
    return show_form(request, context | words | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_consider(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say who considers it, and by when there is an answer."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_consider(request.actor, proposal)):
        return redirect(proposal)
    form = OwnerForm(posted(request), people=can_answer_for(proposal.organisation_id))
    done = _("The author has been told who answers, and by when.")
    words = {"heading": _("Who considers this proposal?"), "submit": _("Tell the author")}
    return _say(request, proposal, form, service.consider, done=done, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_hand_over(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let someone else answer, or by another day."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_hand_over(request.actor, proposal)):
        return redirect(proposal)
    now = {"owner": proposal.owner_id, "reaction_due": proposal.reaction_due}
    form = OwnerForm(posted(request), people=can_answer_for(proposal.organisation_id), initial=now)
    words = {"heading": _("Someone else or another day"), "submit": _("Tell the author")}
    return _say(request, proposal, form, service.hand_over, done=_("The author has been told."), **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_adopt(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that the organisation does it."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_adopt(request.actor, proposal)):
        return redirect(proposal)
    words = {"heading": _("Adopt the proposal"), "submit": _("Adopt the proposal")}
    form = AdoptForm(posted(request))
    return _say(request, proposal, form, service.adopt, done=_("You adopt the proposal."), **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_reject(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that the organisation does not do it, and why."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_reject(request.actor, proposal)):
        return redirect(proposal)
    form = ReasonForm(posted(request), help_text=_("The author gets this by email."))
    words = {"heading": _("Reject the proposal"), "submit": _("Reject the proposal"), "danger": True}
    return _say(request, proposal, form, service.reject, done=_("You reject the proposal."), **words)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_carry_out(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Report back that it was done."""
    proposal = proposal_or_404(request, public_id)
    if refused(request, rules.can_carry_out(request.actor, proposal)):
        return redirect(proposal)
    form = CarriedOutForm(posted(request))
    words = {"heading": _("The proposal has been carried out"), "submit": _("Save as carried out")}
    done = _("The author reads what it brought.")
    return _say(request, proposal, form, service.carry_out, done=done, **words)


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
    words = {"heading": _("We begin too"), "submit": _("We begin too")}
    done = _("The author has been told that you begin too.")
    return _say(request, proposal, form, service.begin_too, done=done, **words)


@require_POST
def proposal_begin_not(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back that one's own organisation begins too."""
    adoption = adoption_or_404(request, public_id)
    if not refused(request, rules.can_begin_not(request.actor, adoption)):
        act = partial(service.begin_not, adoption_id=adoption.pk, by=request.actor)
        attempt(
            request, act, _("Your organisation does not begin with it. Whoever heard of it has been told.")
        )
    return redirect(adoption.proposal)
