"""A member proposes an initiative in half a page; who writes for the partnership takes it on or declines."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.initiative_proposals import InitiativeProposalForm
from partnerships.models import InitiativeProposal
from partnerships.presenters import initiative_proposals as pages
from partnerships.presenters import sheets
from partnerships.rules import initiative_proposals as rules
from partnerships.services import initiative_proposals as service
from partnerships.views.guards import own_partnership
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked

WHO_READS = gettext_lazy("The person who proposed it reads this.")


@require_safe
def proposal_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The proposals of a partnership: all for who writes for it, those of the own organisation for members."""
    partnership = own_partnership(request, slug)
    require(rules.can_list(request.actor, partnership))
    rows = InitiativeProposal.objects.visible_to(request.actor).filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.INITIATIVE_PROPOSALS):
        return file
    context = pages.list_context(request.actor, partnership, paginate(request, rows))
    return render(request, "partnerships/initiative_proposals/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Half a page: question, aim, partners wanted, term, measure of success."""
    partnership = own_partnership(request, slug)
    if refused(request, rules.can_propose_in(request.actor, partnership)):
        return redirect(partnership)
    organisations = pages.own_organisations(request.actor, partnership)
    form = InitiativeProposalForm(posted(request), organisations=organisations)
    if form.is_valid():
        act = partial(service.propose, partnership_id=partnership.pk, by=request.actor, **form.proposal())
        done = _("Your proposal is with the coordinators. You get an email when they have answered.")
        if attempt_form(request, form, act, done):
            return redirect("partnerships:initiative-proposals", slug)
    context = pages.around(request.actor, partnership) | {"form": form, "organisations": organisations}
    return render(request, "partnerships/initiative_proposals/form.html", context)


@require_safe
def proposal_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One proposal with its answer."""
    return _page(request, _proposal_or_404(request, public_id), ReasonForm(help_text=WHO_READS))


@require_POST
def proposal_take_on(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Make an initiative of it."""
    proposal = _proposal_or_404(request, public_id)
    _require_writer(request, proposal)
    act = partial(service.take_on, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
    done = _("It is an initiative now, still as an idea. Check the texts and publish it when it is ready.")
    if attempt(request, act, done):
        initiative = InitiativeProposal.objects.select_related("initiative").get(pk=proposal.pk).initiative
        if initiative is not None:
            return redirect(
                "partnerships:coordination-initiative", proposal.partnership.slug, initiative.slug
            )
    return redirect(proposal)


@require_POST
def proposal_decline(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say no, with the reason."""
    proposal = _proposal_or_404(request, public_id)
    _require_writer(request, proposal)
    form = ReasonForm(request.POST, help_text=WHO_READS)
    if form.is_valid():
        decline = partial(service.decline, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
        done = _("You declined the proposal. The person who made it has been told.")
        if attempt_form(request, form, partial(decline, **form.cleaned_data), done):
            return redirect(proposal)
    return _page(request, proposal, form)


@require_POST
def proposal_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take the own proposal back."""
    proposal = _proposal_or_404(request, public_id)
    verdict = rules.can_withdraw(request.actor, proposal)
    if verdict.is_final:
        require(verdict)
    act = partial(service.withdraw, proposal_id=proposal.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("You withdrew the proposal."))
    return redirect(proposal)


def _require_writer(request: ActorRequest, proposal: InitiativeProposal) -> None:
    """403 for whoever does not write for the partnership; pressed twice it goes on to the service, which knows."""
    verdict = rules.can_answer(request.actor, proposal)
    if verdict.is_final:
        require(verdict)


def _proposal_or_404(request: ActorRequest, public_id: UUID) -> InitiativeProposal:
    rows = InitiativeProposal.objects.visible_to(request.actor).for_list()
    return get_object_or_404(rows, public_id=public_id)


def _page(request: ActorRequest, proposal: InitiativeProposal, decline: ReasonForm) -> HttpResponse:
    context = pages.detail_context(request.actor, proposal, decline)
    return render(request, "partnerships/initiative_proposals/detail.html", context)
