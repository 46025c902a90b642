"""The same form of the same page sent again: a button pressed twice, the way back, a phone that was not sure.

What was done stays done, and the second press gets the answer of the first. The token in each form is another on every
page that is opened, so that only a form of one and the same page can be the same: who opens it anew does something anew.
So does who did something else in between, which may have taken it back.

The answers stand in the cache for a while. Without it, and from another page, the services see for themselves what was
done already; nothing that must hold rests on this.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.urls import reverse

KEPT = 15 * 60  # seconds: as long as someone may come back to the page
PATIENCE = 5.0  # seconds in which a second press waits for the first one's answer
BUSY_FOR = 60  # seconds after which a first press that never answered counts no more
BUSY = "busy"


class RepeatMiddleware:
    """Answers a form that was sent before with what was answered then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        who, key = _who(request), _key(request)
        if not key:
            return self.get_response(request)
        if known := _known(who, key):
            return _again(request, known)
        response = self.get_response(request)
        if answer := _answer(request, response):
            cache.set(key, answer, KEPT)
        else:
            cache.delete(key)  # nothing was done: pressing again tries again
        return response


def _who(request: HttpRequest) -> str:
    """One browser, signed in or not."""
    return _digest([request.session.session_key, request.META.get("CSRF_COOKIE")])


def _key(request: HttpRequest) -> str:
    """What was sent, by whom and from which page, as one short text; empty for what is no form of a page."""
    token = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    if len(token) != CSRF_TOKEN_LENGTH:
        return ""
    files = [[name, file.name, file.size] for name, sent in request.FILES.lists() for file in sent]
    return _digest([_who(request), request.get_full_path(), sorted(request.POST.lists()), sorted(files)])


def _digest(parts: list[Any]) -> str:
    return f"repeat:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def _known(who: str, key: str) -> dict[str, Any] | None:
    """The answer to this form when it was the last one sent; of one that is being answered, once it is there."""
    is_new, is_last = cache.add(key, BUSY, BUSY_FOR), cache.get(who) == key
    cache.set(who, key, KEPT)
    if is_new:
        return None
    # Of two at the same moment the second may look before the first has written down that it was the last one.
    if not is_last and cache.get(key) != BUSY:
        cache.set(key, BUSY, BUSY_FOR)
        return None
    until = time.monotonic() + PATIENCE
    while (known := cache.get(key)) == BUSY and time.monotonic() < until:
        time.sleep(0.1)
    return known if isinstance(known, dict) else None


def _answer(request: HttpRequest, response: HttpResponse) -> dict[str, Any] | None:
    """What to answer next time: where it led and what was said. None when nothing was done."""
    storage: Any = messages.get_messages(request)
    said = [(one.level, str(one.message)) for one in storage._queued_messages]
    if not isinstance(response, HttpResponseRedirect) or any(
        level >= messages.ERROR for level, _text in said
    ):
        return None
    if response.url.startswith((reverse("account_login"), reverse("account_reauthenticate"))):
        return None
    return {"url": response.url, "said": said}


def _again(request: HttpRequest, known: dict[str, Any]) -> HttpResponse:
    for level, text in known["said"]:
        messages.add_message(request, level, text)
    return HttpResponseRedirect(known["url"])
