"""Calls for employers: reading one, signing up without an account, confirming from the mail."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import LinkAct
from accounts.models import PersonalLink
from accounts.services import throttles
from accounts.views.links import closed, opened_link
from core import versions, visitors
from core.for_everyone import for_everyone
from partnerships.actors import Actor, actor_of_person
from partnerships.forms.sign_ups import SignUpFieldsForm, SignUpForm
from partnerships.models import Call, SignUp
from partnerships.presenters import sheets
from partnerships.presenters.calls import detail_context, own_answers
from partnerships.queries import sign_ups as queries
from partnerships.rules import calls as rules
from partnerships.rules.sign_ups import can_change_own
from partnerships.services import sign_ups as service
from partnerships.views.guards import open_to
from ui.acts import attempt, attempt_form, posted, too_many, was_read
from ui.pages import paginate
from ui.sheets import asked


@login_not_required
@require_safe
@for_everyone
def call_list(request: HttpRequest) -> HttpResponseBase:
    """The published calls."""
    calls = Call.objects.published().for_list()
    if file := asked(request, calls, sheets.CALLS):
        return file
    page = paginate(request, calls, 12)
    return render(request, "partnerships/calls/list.html", {"page": page})


@login_not_required
@require_safe
@for_everyone
def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One call; a coordinator sees the unpublished ones of own partnerships too."""
    calls = open_to(request, Call.objects.select_related("partnership", "initiative"))
    context = detail_context(get_object_or_404(calls, slug=slug), getattr(request, "actor", None))
    return render(request, "partnerships/calls/detail.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; the answer is the same for an address that signed up before."""
    call = get_object_or_404(Call.objects.published().select_related("partnership"), slug=slug)
    verdict = rules.can_sign_up(call)
    if not verdict:
        context = {"call": call, "reason": verdict.reason}
        return render(request, "partnerships/calls/closed.html", context, status=410)
    form = SignUpForm(posted(request), initial=own_answers(request.user, getattr(request, "actor", None)))
    if form.is_valid():
        if not throttles.take(limit=service.FROM_NETWORK, key=visitors.network_of(request)):
            return too_many(request)
        if attempt_form(request, form, partial(_sign_up, call, form.answers())):
            return redirect("partnerships:sign-up-sent", slug=call.slug)
    return render(request, "partnerships/calls/sign_up.html", {"call": call, "form": form})


def _sign_up(call: Call, answers: dict[str, Any]) -> None:
    """Note the answers, unless this mailbox had its links of today; the page says the same."""
    mailbox = f"{call.pk} {answers['email']}"
    if throttles.take(limit=service.TO_MAILBOX, key=mailbox):
        service.sign_up(call_id=call.pk, language=get_language() or "nl", **answers)


@login_not_required
@require_safe
def sign_up_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The way on after the form: look in the mailbox."""
    call = get_object_or_404(Call.objects.published(), slug=slug)
    return render(request, "partnerships/calls/sent.html", {"call": call})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one signed up with, opened by the link in the mail: to be confirmed, and changed after that."""
    link = opened_link(request, public_id, LinkAct.SIGN_UP)
    sign_up = queries.opened_by(link)
    if link is None or sign_up is None:
        return closed(request)
    by = actor_of_person(link.person_id)
    if sign_up.confirmed_at is None:
        return _confirm(request, link, sign_up, by)
    verdict = can_change_own(by, sign_up)
    form = SignUpFieldsForm(posted(request), instance=sign_up, over=versions.of(sign_up))
    if verdict and form.is_valid():
        act = partial(service.change, sign_up_id=sign_up.pk, by=by, read=form.read, **form.answers())
        if attempt_form(request, form, act, _("Your sign-up has been changed. The coordinators know.")):
            return redirect("partnerships:sign-up-own", public_id)
    context = {"sign_up": sign_up, "call": sign_up.call, "form": form, "verdict": verdict}
    context["conditions"] = sign_up.conditions.all()
    return render(request, "partnerships/calls/own.html", context)


def _confirm(request: HttpRequest, link: PersonalLink, sign_up: SignUp, by: Actor) -> HttpResponse:
    """What was filled in, and the button that makes it count."""
    if request.method == "POST":
        attempt(request, partial(service.confirm, sign_up_id=sign_up.pk, by=by, read=was_read(request)))
        return redirect("partnerships:sign-up-own", link.public_id)
    return render(request, "partnerships/calls/confirm.html", {"sign_up": sign_up, "call": sign_up.call})
