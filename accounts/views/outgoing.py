"""The mails that wait or went wrong, for administrators: how many, why, and sending them again or stopping them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.presenters.outgoing import queue_context
from accounts.presenters.sheets import MAILS
from accounts.queries import outgoing
from accounts.services import outgoing as service
from accounts.views.second_step import for_administrators
from core.models import OutgoingMail
from ui.acts import attempt, number_read, was_read
from ui.formats import number
from ui.pages import Known, paginate
from ui.sheets import asked

State = OutgoingMail.State
LISTED = (State.QUEUED, *outgoing.WRONG)


@require_safe
@for_administrators
def mail_list(request: HttpRequest) -> HttpResponseBase:
    """What failed or is held, or what waits; to whom and about what is between sender and reader."""
    state, trouble = _chosen(request.GET.get("soort", ""), request.GET.get("reden", ""))
    found = outgoing.waiting() if state == State.QUEUED else outgoing.wrong(state, trouble)
    if file := asked(request, found, MAILS):
        return file
    if state == State.QUEUED:
        page = paginate(request, found)
    else:
        keys = partial(outgoing.wrong_keys, state, trouble)
        page = paginate(request, found, rows=outgoing.wrong_by_key, known=Known(keys=keys))
    context = queue_context(state, trouble, page.items) | {"page": page, "place": _place(request)}
    return render(request, "accounts/mails.html", context)


@require_POST
@for_administrators
def mail_send_again(request: HttpRequest) -> HttpResponse:
    """Send a failed or held mail after all."""
    return _done(request, service.send_again, _("The email is on its way."))


@require_POST
@for_administrators
def mail_cancel(request: HttpRequest) -> HttpResponse:
    """Stop a mail."""
    return _done(request, service.cancel, _("This email is not sent. You can undo that for a day, below."))


@require_POST
@for_administrators
def mail_restore(request: HttpRequest) -> HttpResponse:
    """Take back that a mail was stopped."""
    act = number_read(request.POST.get("act", ""))
    verb = partial(service.restore, act_id=act, by=_by(request))
    attempt(request, verb, _("The email is back where it was."))
    return _back(request)


@require_POST
@for_administrators
def mail_send_all_again(request: HttpRequest) -> HttpResponse:
    """Send all of one reason again, as far as the page listed them."""
    state, trouble = _chosen(request.POST.get("soort", ""), request.POST.get("reden", ""))
    up_to = number_read(request.POST.get("newest", ""))
    verb = partial(service.send_all_again, state=state, trouble=trouble, up_to=up_to, by=_by(request))
    attempt(request, verb, _queued_again)
    return _back(request)


def _queued_again(sent: service.Again) -> str:
    if not sent.number:
        return _("None of these emails can be sent again now.")
    words = ngettext("%(number)s email is queued again.", "%(number)s emails are queued again.", sent.number)
    done = words % {"number": number(sent.number)}
    return " ".join([done, _("Send the rest after this.")]) if sent.is_more else done


def _chosen(state: str, trouble: str) -> tuple[str, str]:
    known = state if state in LISTED else ""
    return known, trouble if trouble in OutgoingMail.Trouble.values and known != State.QUEUED else ""


def _place(request: HttpRequest) -> str:
    """Which list is shown and how far, as its address says it and the forms on it say again."""
    state, trouble = _chosen(request.GET.get("soort", ""), request.GET.get("reden", ""))
    page = number_read(request.GET.get("page", ""))
    kept = {name: value for name, value in (("soort", state), ("reden", trouble), ("page", page)) if value}
    return f"?{urlencode(kept)}" if kept else ""


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was: who works through one goes on where they were."""
    return redirect(reverse("accounts:mail-list") + _place(request))


def _by(request: HttpRequest) -> int:
    return request.user.person.pk  # type: ignore[union-attr]  # administrators are signed in


def _done(request: HttpRequest, verb: Callable[..., Any], done: str) -> HttpResponse:
    mail = number_read(request.POST.get("mail", ""))
    attempt(request, partial(verb, mail_id=mail, by=_by(request), read=was_read(request)), done)
    return _back(request)
