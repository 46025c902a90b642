"""Organisations join a partnership: where one takes part and asks to, and the page of a request for both sides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from core.access import Forbidden, Verdict, require
from partnerships.actors import Actor, ActorRequest
from partnerships.forms.memberships import FirstManagerForm
from partnerships.models import JoinRequest
from partnerships.presenters.join_requests import around, detail_context, organisation_context
from partnerships.queries.join_requests import can_be_asked, is_newest
from partnerships.queries.people import standing as standing_of
from partnerships.rules import join_requests as rules
from partnerships.rules.memberships import can_invite_first_manager, can_manage, can_view_people
from partnerships.services import join_requests as service
from partnerships.services import memberships
from partnerships.views.guards import organisation_or_404
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.forms import ReasonForm

WHO_READS = gettext_lazy("The other side reads this.")


@require_safe
def organisation_partnerships(request: ActorRequest, slug: str) -> HttpResponse:
    """Where the organisation takes part, and for its managers what was asked."""
    organisation = organisation_or_404(request, slug)
    require(can_view_people(request.actor, organisation))
    name = request.GET.get("naam", "").replace("\x00", "")[:120]
    context = organisation_context(request.actor, organisation, name)
    return render(request, "partnerships/join_requests/organisation.html", context)


@require_POST
def join_request_ask(request: ActorRequest, slug: str, partnership: str) -> HttpResponse:
    """Ask to take part in a partnership that was found by its name."""
    organisation = organisation_or_404(request, slug)
    require(can_manage(request.actor, organisation))
    found = get_object_or_404(can_be_asked(organisation), slug=partnership)
    act = partial(service.ask, partnership_id=found.pk, organisation_id=organisation.pk, by=request.actor)
    done = _("Your request is with the coordinators. You get an email when they have answered.")
    attempt(request, act, done)
    return redirect("partnerships:organisation-partnerships", slug)


@require_safe
def join_request(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What was asked and answered, for those who speak for one of the two sides."""
    asked = _request_or_404(request, public_id)
    return _page(request, asked, ReasonForm(help_text=WHO_READS))


@require_POST
def join_request_accept(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say the second yes."""
    asked = _request_or_404(request, public_id)
    return _act(
        request, asked, rules.can_answer, service.accept, _("The organisation takes part from today.")
    )


@require_POST
def join_request_decline(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say no, with the reason."""
    asked = _request_or_404(request, public_id)
    _require_side(rules.can_answer(request.actor, asked))
    form = ReasonForm(request.POST, help_text=WHO_READS)
    if form.is_valid():
        decline = partial(service.decline, request_id=asked.pk, by=request.actor, read=was_read(request))
        done = _("You said no. The other side has been told.")
        if attempt_form(request, form, partial(decline, **form.cleaned_data), done):
            return redirect(asked)
    return _page(request, asked, form)


@require_POST
def join_request_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take the question back."""
    asked = _request_or_404(request, public_id)
    return _act(
        request, asked, rules.can_withdraw, service.withdraw, _("Withdrawn. The other side has been told.")
    )


@require_POST
def join_request_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Undo the answer or withdrawal that was on the page."""
    asked = _request_or_404(request, public_id)
    _require_side(_may_take_back(request.actor, asked))
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, request_id=asked.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back. The request waits for an answer again."))
    return redirect(asked)


@require_http_methods(["GET", "HEAD", "POST"])
def join_request_first_manager(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Ask someone by email to be the first manager of an invited organisation where nobody can answer."""
    asked = _request_or_404(request, public_id)
    standing = standing_of(asked.organisation_id, request.actor)
    if refused(request, can_invite_first_manager(request.actor, **standing)):
        return redirect(asked)
    form = FirstManagerForm(posted(request), organisation=asked.organisation)
    if form.is_valid():
        invite = partial(
            memberships.invite_first_manager, organisation_id=asked.organisation_id, by=request.actor
        )
        done = _("The invitation is on its way. The link in it works for 14 days.")
        if attempt_form(request, form, partial(invite, **form.invitation()), done, field="email"):
            return redirect(asked)
    context = around(request.actor, asked) | {
        "organisation": asked.organisation,
        "form": form,
        "back": asked.get_absolute_url(),
        "back_label": asked.organisation.name,
    }
    return render(request, "partnerships/first_managers/invite.html", context)


def _request_or_404(request: ActorRequest, public_id: UUID) -> JoinRequest:
    rows = JoinRequest.objects.visible_to(request.actor).for_list()
    asked = get_object_or_404(rows, public_id=public_id)
    require(rules.can_view(request.actor, asked))
    return asked


def _act(
    request: ActorRequest,
    asked: JoinRequest,
    rule: Callable[..., Verdict],
    act: Callable[..., Any],
    done: str | Promise,
) -> HttpResponse:
    """One act on a request; pressed twice it says what it did, which the service knows and the rule does not."""
    _require_side(rule(request.actor, asked))
    attempt(request, partial(act, request_id=asked.pk, by=request.actor, read=was_read(request)), done)
    return redirect(asked)


def _require_side(verdict: Verdict) -> None:
    """403 for whoever does not speak for the side whose act it is."""
    if verdict.is_final:
        raise Forbidden(verdict.reason)


def _may_take_back(actor: Actor, asked: JoinRequest) -> Verdict:
    return rules.can_take_back(actor, asked, states.last_act(asked), newer=not is_newest(asked))


def _page(request: ActorRequest, asked: JoinRequest, decline: ReasonForm) -> HttpResponse:
    context = detail_context(request.actor, asked, decline)
    return render(request, "partnerships/join_requests/detail.html", context)
