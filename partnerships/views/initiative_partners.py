"""Inside an initiative: who takes part, who wants to, and the texts for its owner."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Verdict, require
from partnerships.actors import ActorRequest
from partnerships.forms.initiative_partners import InviteForm, PartnerForm
from partnerships.forms.initiatives import TextsForm
from partnerships.models import Initiative, InitiativePartner
from partnerships.presenters import initiative_partners as pages
from partnerships.presenters.initiative_proposals import own_organisations
from partnerships.rules import initiative_partners as rules
from partnerships.services import initiative_partners as service
from partnerships.services import initiatives
from partnerships.views.guards import initiative_partner, inside_initiative
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm


@require_safe
def initiative_inside(request: ActorRequest, slug: str) -> HttpResponse:
    """The inner page of an initiative."""
    initiative = inside_initiative(request, slug)
    return _inside(request, initiative, InviteForm(initiative=initiative))


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_texts(request: ActorRequest, slug: str) -> HttpResponse:
    """The texts, for its owner and who writes for the partnership."""
    initiative = inside_initiative(request, slug)
    require(rules.can_lead(request.actor, initiative))
    form = TextsForm(posted(request), instance=initiative)
    if form.is_valid():
        save = partial(initiatives.save_texts, initiative_id=initiative.pk, by=request.actor)
        act = partial(save, version=form.read, **form.cleaned_data)
        if attempt_form(request, form, act, _("The texts have been saved.")):
            return redirect("partnerships:initiative-inside", slug)
    context = pages.around(request.actor, initiative) | {"form": form}
    return render(request, "partnerships/initiative_partners/texts.html", context)


@require_POST
def partner_invite(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask a member to take part."""
    initiative = inside_initiative(request, slug)
    require(rules.can_lead(request.actor, initiative))
    form = InviteForm(request.POST, initiative=initiative)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"].pk
        act = partial(service.invite, initiative_id=initiative.pk, organisation_id=chosen, by=request.actor)
        if attempt_form(request, form, act, _("The organisation has been invited."), field="organisation"):
            return redirect("partnerships:initiative-inside", slug)
    return _inside(request, initiative, form)


@require_POST
def partner_ask(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Ask to take part for an own organisation."""
    initiative = inside_initiative(request, slug)
    own = {row.slug: row.pk for row in own_organisations(request.actor, initiative.partnership)}
    if refused(request, rules.can_ask(request.actor, initiative, own.get(organisation, 0))):
        return redirect("partnerships:initiative-inside", slug)
    ask = partial(service.ask, initiative_id=initiative.pk, by=request.actor)
    done = _("You asked to take part. You get an email when there is an answer.")
    attempt(request, partial(ask, organisation_id=own[organisation]), done)
    return redirect("partnerships:initiative-inside", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_detail(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """One organisation in an initiative; who takes part says what it does here and whom one asks."""
    partner = initiative_partner(request, slug, organisation)
    if not rules.can_change(request.actor, partner):
        return _page(request, partner)
    form = PartnerForm(posted(request), instance=partner)
    if form.is_valid():
        change = partial(service.change, partner_id=partner.pk, by=request.actor, version=form.read)
        if attempt_form(request, form, partial(change, **form.cleaned_data), _("Saved.")):
            return redirect(partner)
    return _page(request, partner, change=form)


@require_POST
def partner_accept(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Say the second yes."""
    done = _("The organisation takes part from today.")
    return _act(request, slug, organisation, rules.can_answer, service.accept, done)


@require_POST
def partner_withdraw(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Take the question back."""
    done = _("Withdrawn. The other side has been told.")
    return _act(request, slug, organisation, rules.can_withdraw, service.withdraw, done)


@require_POST
def partner_decline(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """Say no, with the reason."""
    done = _("You said no. The other side has been told.")
    return _with_reason(request, slug, organisation, "decline", rules.can_answer, service.decline, done)


@require_POST
def partner_leave(request: ActorRequest, slug: str, organisation: str) -> HttpResponse:
    """End it, with the reason."""
    done = _("The organisation no longer takes part. The other side has been told.")
    return _with_reason(request, slug, organisation, "leave", rules.can_leave, service.leave, done)


def _act(
    request: ActorRequest,
    slug: str,
    organisation: str,
    rule: Callable[..., Verdict],
    act: Callable[..., Any],
    done: str | Promise,
) -> HttpResponse:
    """One act; pressed twice it says what it did, which the service knows and the rule does not."""
    partner = _of_the_side(request, slug, organisation, rule)
    attempt(request, partial(act, partner_id=partner.pk, by=request.actor, read=was_read(request)), done)
    return redirect(partner)


def _with_reason(
    request: ActorRequest,
    slug: str,
    organisation: str,
    name: str,
    rule: Callable[..., Verdict],
    act: Callable[..., Any],
    done: str | Promise,
) -> HttpResponse:
    partner = _of_the_side(request, slug, organisation, rule)
    form = ReasonForm(request.POST)
    if form.is_valid():
        do = partial(act, partner_id=partner.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(do, **form.cleaned_data), done):
            return redirect(partner)
    return _page(request, partner, **{name: form})


def _of_the_side(
    request: ActorRequest, slug: str, organisation: str, rule: Callable[..., Verdict]
) -> InitiativePartner:
    """403 for whoever does not speak for the side whose act it is."""
    partner = initiative_partner(request, slug, organisation)
    verdict = rule(request.actor, partner)
    if verdict.is_final:
        require(verdict)
    return partner


def _inside(request: ActorRequest, initiative: Initiative, invite: InviteForm) -> HttpResponse:
    rows = list(InitiativePartner.objects.for_list().filter(initiative=initiative))
    context = pages.inside_context(request.actor, initiative, rows, invite)
    return render(request, "partnerships/initiative_partners/inside.html", context)


def _page(request: ActorRequest, partner: InitiativePartner, **forms: Any) -> HttpResponse:
    if "change" not in forms and rules.can_change(request.actor, partner):
        forms["change"] = PartnerForm(instance=partner)
    context = pages.partner_context(request.actor, partner, forms)
    return render(request, "partnerships/initiative_partners/detail.html", context)
