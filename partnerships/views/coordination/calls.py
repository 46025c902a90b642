"""Calls of a partnership and the employers that answered them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.enums import JoinRequestState
from partnerships.forms.calls import CallForm
from partnerships.forms.sign_ups import AcceptForm, SignUpCorrectionForm, SignUpStepForm
from partnerships.models import Call, JoinRequest, Partnership, SignUp
from partnerships.presenters import sheets
from partnerships.presenters.sign_ups import accept_context
from partnerships.queries.organisations import is_member
from partnerships.rules.closings import can_close_call, can_discard_call
from partnerships.rules.partnerships import can_coordinate, goes_on
from partnerships.rules.sign_ups import can_accept, can_change
from partnerships.services import calls as call_service
from partnerships.services import sign_ups as service
from partnerships.views.guards import coordinated_sign_up, written_call, written_partnership
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.history import trail, undo_of
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def call_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """All calls, the latest deadline first."""
    partnership = written_partnership(request, slug)
    rows = partnership.calls.for_list()
    if file := asked(request, rows, sheets.COORDINATED_CALLS):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/calls/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make a call."""
    partnership = written_partnership(request, slug)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:coordination-calls", slug)
    return _edit(request, partnership, None)


@require_http_methods(["GET", "HEAD", "POST"])
def call_change(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Change a call."""
    return _edit(request, *written_call(request, slug, call))


def _edit(request: ActorRequest, partnership: Partnership, call: Call | None) -> HttpResponse:
    instance = call or Call(partnership=partnership)
    form = CallForm(posted(request), instance=instance, partnership=partnership)
    if form.is_valid():
        known = form.save(commit=False)
        act = partial(call_service.save, call=known, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The call has been saved."), field="title"):
            return redirect("partnerships:coordination-call", partnership.slug, instance.slug)
    context = {"space": "coordinator", "partnership": partnership, "call": call, "form": form}
    return render(request, "partnerships/coordination/calls/form.html", context)


@require_safe
def call_detail(request: ActorRequest, slug: str, call: str) -> HttpResponseBase:
    """The gauge, and for coordinators everyone who signed up and confirmed."""
    partnership, found = written_call(request, slug, call)
    confirmed = SignUp.objects.confirmed().filter(call=found)
    coordinates = can_coordinate(request.actor, partnership)
    if coordinates and (file := asked(request, confirmed.for_list(), sheets.SIGN_UPS)):
        return file
    history, page = trail(found), paginate(request, confirmed.for_list())
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "call": found,
        "figures": confirmed.figures(),
        "history": history,
        "undo": undo_of(found, history),
        "may_close": can_close_call(request.actor, found),
        "may_discard": can_discard_call(request.actor, found, was_used=bool(page.total or history)),
        # Who signed up is told to coordinators alone; who else writes the call sees the figures.
        "coordinates": coordinates,
        "page": page if coordinates else None,
    }
    return render(request, "partnerships/coordination/calls/detail.html", context)


@require_safe
def sign_up_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One sign-up: take the employer in, or take it a step further."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    return _show(request, partnership, sign_up, AcceptForm(sign_up=sign_up), SignUpStepForm(item=sign_up))


def _show(
    request: ActorRequest, partnership: Partnership, sign_up: SignUp, accept: AcceptForm, step: SignUpStepForm
) -> HttpResponse:
    history = trail(sign_up)
    context = {
        "space": "coordinator",
        "belongs_under": reverse("partnerships:coordination-calls", args=[partnership.slug]),
        "partnership": partnership,
        "asked": _newest_request(partnership, sign_up),
        "sign_up": sign_up,
        "accept_form": None if sign_up.organisation_id else accept,
        "step_form": step,
        "history": history,
        "undo": undo_of(sign_up, history),
        "may_change": can_change(request.actor, sign_up),
    }
    return render(request, "partnerships/coordination/calls/sign_up.html", context)


def _newest_request(partnership: Partnership, sign_up: SignUp) -> JoinRequest | None:
    """How far the organisation of a sign-up is on its way into the partnership."""
    if sign_up.organisation_id is None:
        return None
    return JoinRequest.objects.between(partnership.pk, sign_up.organisation_id).order_by("-pk").first()


@require_POST
def sign_up_accept(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take an employer in: what comes of it first, and with the second press it is asked to join."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_accept(sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = AcceptForm(request.POST, sign_up=sign_up)
    if form.is_valid() and "sure" not in request.POST:
        context = accept_context(request.actor, partnership, sign_up, form.answers()["organisation"])
        return render(request, "partnerships/coordination/calls/accept.html", context | {"form": form})
    if form.is_valid():
        accept = partial(service.accept, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        done = _("The employer has been asked to join. It is a member once it says yes.")
        if attempt_form(request, form, partial(accept, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, form, SignUpStepForm(item=sign_up))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Write down what an employer told since; it gets a mail with a link to put that right."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_change(request.actor, sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = SignUpCorrectionForm(posted(request), instance=sign_up, over=versions.of(sign_up))
    if form.is_valid():
        change = partial(service.change, sign_up_id=sign_up.pk, by=request.actor, read=form.read)
        done = _("The sign-up has been changed. The employer knows.")
        if attempt_form(request, form, partial(change, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    under = reverse("partnerships:coordination-calls", args=[slug])
    context = {"space": "coordinator", "belongs_under": under, "partnership": partnership}
    context |= {"sign_up": sign_up, "form": form}
    return render(request, "partnerships/coordination/calls/sign_up_change.html", context)


@require_POST
def sign_up_move(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take an employer a step further; one that drops out after it joined is still a member."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    form = SignUpStepForm(request.POST, item=sign_up)
    if refused(request, form.still_possible):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    if form.is_valid():
        move = partial(service.move, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(move, **form.cleaned_data), _("The step has been saved.")):
            if form.cleaned_data["action"] == "drop_out":
                _say_what_stays(request, partnership, sign_up)
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, AcceptForm(sign_up=sign_up), form)


def _say_what_stays(request: ActorRequest, partnership: Partnership, sign_up: SignUp) -> None:
    """An employer that drops out of a call may be a member still, or be asked to become one."""
    if is_member(sign_up.organisation, partnership):
        messages.info(request, _("The organisation is still a member. End its membership if it leaves too."))
    asked = _newest_request(partnership, sign_up)
    if asked is not None and asked.state == JoinRequestState.OPEN:
        messages.info(
            request, _("The request to join still waits for an answer. Withdraw it if that is over too.")
        )


@require_POST
def sign_up_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take the last step of an employer back, the one that was on the page."""
    _partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, sign_up_id=sign_up.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back."))
    return redirect("partnerships:coordination-sign-up", slug, public_id)
