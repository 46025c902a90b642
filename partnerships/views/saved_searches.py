"""A mail when something new fits: asked for at a public list, confirmed and stopped from the mail, without an account."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import throttles
from core import visitors
from partnerships.enums import SearchedList
from partnerships.filters.saved_searches import Asked, asked_before, asked_for
from partnerships.forms.saved_searches import SavedSearchForm
from partnerships.models import SavedSearch
from partnerships.queries.saved_searches import opened_by
from partnerships.services import saved_searches as service
from ui.acts import attempt, attempt_form, posted, too_many

# In the address: which list.
LISTS = {"initiatieven": SearchedList.INITIATIVES, "oproepen": SearchedList.CALLS}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_ask(request: HttpRequest, name: str) -> HttpResponse:
    """Ask for mails about this list, as it was filtered; the answer is the same for whoever has asked before."""
    if name not in LISTS:
        raise Http404
    asked = asked_for(LISTS[name], request.GET)
    email = getattr(request.user, "email", "")
    form = SavedSearchForm(posted(request), initial={"email": email})
    if form.is_valid():
        if not throttles.take(limit=service.FROM_NETWORK, key=visitors.network_of(request)):
            return too_many(request)
        if attempt_form(request, form, partial(_ask, request, asked, form.cleaned_data)):
            return redirect("partnerships:saved-search-sent")
    return render(request, "partnerships/saved_searches/ask.html", {"form": form, "asked": asked})


def _ask(request: HttpRequest, asked: Asked, answers: dict[str, Any]) -> None:
    """Note it, unless this mailbox had its links of today; the page says the same."""
    if throttles.take(limit=service.TO_MAILBOX, key=answers["email"]):
        actor = getattr(request, "actor", None)
        service.ask(
            searched=asked.searched,
            query=asked.query,
            language=get_language() or "nl",
            person_id=actor.person_id if actor else None,
            **answers,
        )


@login_not_required
@require_safe
def saved_search_sent(request: HttpRequest) -> HttpResponse:
    """The way on: look in the mailbox."""
    return render(request, "partnerships/saved_searches/sent.html")


@login_not_required
@never_cache
@require_safe
def saved_search(request: HttpRequest, token: str) -> HttpResponse:
    """What was asked for, with its one button: to begin these mails, or to stop them. Looking changes nothing."""
    search = _opened(token)
    asked = asked_before(search.searched, search.query, get_language() or "nl")
    context = {"search": search, "asked": asked, "token": token}
    return render(request, "partnerships/saved_searches/detail.html", context)


@login_not_required
@never_cache
@require_POST
def saved_search_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, from the mailbox that was named."""
    attempt(request, partial(service.confirm, search_id=_opened(token).pk))
    return redirect("partnerships:saved-search", token)


@csrf_exempt  # mail programs press it without a page (RFC 8058): the token in the address is the right to it
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_end(request: HttpRequest, token: str) -> HttpResponse:
    """Stop by one press, here or in a mail program; whoever opens the address gets the page with that button."""
    search = _opened(token)
    if request.method == "POST":
        service.end(search_id=search.pk)
    return redirect("partnerships:saved-search", token)


def _opened(token: str) -> SavedSearch:
    search = opened_by(token)
    if search is None:
        raise Http404(_("This link is not complete, or we have removed what it was about."))
    return search
