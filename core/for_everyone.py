"""Pages that are the same for whoever is not signed in: made once a minute, kept whole, and not sent again unchanged.

`@for_everyone` stands right above a view of which nothing depends on the visitor but address, language, colours and
whether htmx asks. It is asked of those alone who bring no session and no messages, and of what it gives only that is
kept which sets no cookie and holds no token: the foot then prints none (`ui.templatetags.frame`). Who is signed in never
gets a kept page, and no page made for someone is kept.

`Shared` keeps the parts of such a page that are not the frame, for those who are signed in as well: each gets the frame
of their own. They are made of what the view gives to them and nothing else, so without the request.

`forget` puts all kept pages out of use at once: when something that anyone can read was changed (`portal.public`). While
the cache is away pages are made anew each time, and forgetting waits for their minute to be over.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

SECONDS = 60
SECONDS_OF_SUMS = 300
LONGEST = 200  # of an address: whoever types filters without end fills no cache
LAST_CHANGE = "for-everyone:last-change"

T = TypeVar("T")


def sums(name: str, count: Callable[[], T]) -> T:
    """Public sums that may be five minutes old, kept apart: they cost more than the page, and change with many rows."""
    return cast(T, cache.get_or_set(f"for-everyone:sums:{name}", count, SECONDS_OF_SUMS))


def is_for_everyone(request: HttpRequest) -> bool:
    """Whether the answer to this request may hold nothing that is of one visitor, a token among it."""
    return getattr(request, "is_for_everyone", False)


def forget() -> None:
    """Nobody gets a page any more that was made before now."""
    cache.set(LAST_CHANGE, uuid.uuid4().hex, None)


def for_everyone(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, of which the answer to visitors is kept."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if {settings.SESSION_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME} & request.COOKIES.keys():
            return view(request, *args, **kwargs)
        request.is_for_everyone = True  # type: ignore[attr-defined]  # the foot of the page reads it
        if request.method != "GET" or len(request.get_full_path()) > LONGEST:
            return view(request, *args, **kwargs)
        key = _key(request, "page", request.COOKIES.get(settings.THEME_COOKIE_NAME, ""))
        known = cache.get_many([LAST_CHANGE, key])
        change, kept = known.get(LAST_CHANGE), known.get(key)
        if kept and kept[0] == change:
            response = HttpResponse(kept[1], headers=kept[2])
        else:
            made = view(request, *args, **kwargs)
            if not isinstance(made, HttpResponse) or not _is_of_nobody(request, made):
                return made
            response = made
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            patch_cache_control(response, private=True, no_cache=True)  # kept by the browser, asked each time
            cache.set(key, (change, response.content, dict(response.headers)), SECONDS)
        return get_conditional_response(request, response.headers["ETag"], response=response) or response

    return answer


class Shared:
    """The parts of a page that are the same for whoever reads it; made by the view where they are not kept.

    What they show depends on nothing of the visitor but address, language and htmx. What was asked in the address stands
    in it as `asked_for_all`.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._key = _key(request, "parts")
        self._may_be_kept = request.method == "GET" and len(request.get_full_path()) <= LONGEST
        known = cache.get_many([LAST_CHANGE, self._key]) if self._may_be_kept else {}
        self._change, kept = known.get(LAST_CHANGE), known.get(self._key)
        self.is_kept = kept is not None and kept[0] == self._change
        self._parts: dict[str, str] = kept[1] if kept is not None and self.is_kept else {}
        self._shown: dict[str, Any] = {"asked_for_all": request.GET}

    def shows(self, **shown: Any) -> None:
        """What stands in parts that were not kept."""
        self._shown |= shown

    def part(self, name: str, render: Callable[[dict[str, Any]], str]) -> str:
        """The part of this name; `render` makes it of what it shows."""
        if name not in self._parts:
            self._parts[name] = str(render(self._shown))
        return self._parts[name]

    def keep(self) -> None:
        """For others, once all parts were asked for."""
        if self._may_be_kept and not self.is_kept:
            cache.set(self._key, (self._change, self._parts), SECONDS)


def _key(request: HttpRequest, what: str, *of: str) -> str:
    """The name of what is kept; `what` stands before `of`, which a visitor can make up: a cookie names no other kind."""
    asked = [request.build_absolute_uri(), get_language(), what, *of, "HX-Request" in request.headers]
    return f"for-everyone:{hashlib.sha256(repr(asked).encode()).hexdigest()}"


def _is_of_nobody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it is a page, and the view neither made a token nor set a cookie or begun a session."""
    used = "CSRF_COOKIE_NEEDS_UPDATE" in request.META or response.cookies or request.session.modified
    return response.status_code == 200 and not used and "no-store" not in response.get("Cache-Control", "")
