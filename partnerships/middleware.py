"""The actor of a signed-in person, whose files an answer told of, and where the addresses of merged organisations lead."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from core import readlog
from partnerships.actors import actor_of
from partnerships.queries.organisations import leads_to

# Where the address of a page names an organisation.
_NAMES_ONE = re.compile(
    r"\b(?:organisaties?|werkgever|school|eerste-beheerders|aansluiten|leden)/<slug:(\w+)>"
)


class ActorMiddleware:
    """`request.actor` for signed-in people; anonymous requests have none, so a rule cannot be asked by mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            request.actor = SimpleLazyObject(lambda: actor_of(user))  # type: ignore[attr-defined]  # see ActorRequest
        return self.get_response(request)


class ReadLogMiddleware:
    """Writes down whose files the answer shows, before it leaves: what cannot be written down is not shown.

    An answer that leads elsewhere, or refuses, shows nothing of what was loaded for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with readlog.reading() as reading:
            response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor is not None and response.status_code == HTTPStatus.OK and request.method != "HEAD":
            match = request.resolver_match
            reading.write(actor, [*(match.kwargs.values() if match else ()), *request.GET.values()])
        return response


class FormerAddressMiddleware:
    """A page of an organisation that was merged is a page of the one that stayed: old links and mails lead there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None or request.method not in ("GET", "HEAD"):
            return response
        named = _NAMES_ONE.search(match.route)
        former = match.kwargs[named.group(1)] if named else ""
        now = leads_to(former, getattr(request, "actor", None)) if former else None
        if now is None:
            return response
        return redirect(request.get_full_path().replace(f"/{former}/", f"/{now}/", 1))
