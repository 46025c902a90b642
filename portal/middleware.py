"""What every request gets: an id for the logs, headers, and the language the visitor chose."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from core import patience
from core.dates import today
from portal import logs, metrics
from portal.views import errors

logger = logging.getLogger("portal.request")
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"[\w.-]{8,64}")
CAME_IN = re.compile(r"t=(?P<seconds>\d{10}\.\d{3})")  # as nginx has it: "t=${msec}"


class RequestIdMiddleware:
    """Take the proxy's request id, or make one; it is in every log line and in the answer.

    Production logs one line a request, with the route instead of the path: paths hold names and secrets.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        identity = given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        token = logs.request_id.set(identity)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            took = time.monotonic() - started
            metrics.note(request, response, took)
            logger.info("request", extra={"fields": _fields(request, response, took)})
        finally:
            logs.request_id.reset(token)
        response.headers["X-Request-ID"] = identity
        return response


class PatienceMiddleware:
    """Nobody waits longer than `WEB_PATIENCE` seconds for one answer of the database: the page then says that it is away.

    Who has waited for a turn waits so much shorter. The time is known from whoever handed the request to a thread
    (`portal.gunicorn_worker`), and from a proxy of ours that says when it came in (`X-Request-Start: t=1764480000.123`).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        waited = max(patience.waited(), _since_the_proxy(request))
        with patience.at_most(settings.WEB_PATIENCE, waited=waited):
            return self.get_response(request)


def _since_the_proxy(request: HttpRequest) -> float:
    said = CAME_IN.fullmatch(request.headers.get("X-Request-Start", ""))
    if not said or not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return 0.0
    return max(0.0, time.time() - float(said["seconds"]))


class BusyMiddleware:
    """Whoever waited longer than `WEB_QUEUE` seconds for a turn hears at once that it is busy.

    Without, all wait ever longer once more comes in than can be answered, also when most of them have long gone. It
    stands below what serves files and above what asks the database. Who asks whether we live is not sent away.
    """

    ALWAYS = ("/livez", "/readyz", "/metrics")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.WEB_QUEUE
        if most and patience.waited() > most and request.path not in self.ALWAYS:
            return errors.busy(request)
        return self.get_response(request)


def _fields(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }


class HeadersMiddleware:
    """No page of a signed-in visitor is stored anywhere; no page may use the device's sensors.

    Django's SecurityMiddleware gives three of these too, but not to the page that says that it refused a request.
    """

    HEADERS = {
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
    }

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        match = request.resolver_match
        if match is not None and match.view_name == "account_logout" and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache"'  # whatever the browser kept of these pages
        session = settings.SESSION_COOKIE_NAME
        if session in request.COOKIES or session in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class BodySizeMiddleware:
    """Nothing is read of a request that is larger than any form here: neither kept in memory nor written to a disk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) > settings.MOST_BYTES_OF_A_REQUEST:
            return errors.too_large()
        return self.get_response(request)


class LanguageMiddleware:
    """Dutch unless the visitor chose otherwise in the footer.

    Django's LocaleMiddleware would follow the browser: many Dutch phones and school computers say "en".
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response


class SessionMiddleware:
    """Ends a session that nothing was done with for a while, and each after some days, however much is done.

    “A while” is for a browser that does not keep one signed in: a computer at school. The moment is written once in five
    minutes, no write a request. What is sent after it is shown to copy, as with every session that ended.
    """

    WRITTEN_EVERY = 300.0  # seconds

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look_at(request)
        return self.get_response(request)

    def _look_at(self, request: HttpRequest) -> None:
        now, session = time.time(), request.session
        begun, seen = session.get("begun", now), session.get("seen", now)
        idle = session.get_expire_at_browser_close() and now - seen > settings.SESSION_IDLE_MINUTES * 60
        if idle or now - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
            request.time_is_over = True  # type: ignore[attr-defined]  # ours; messages are not there yet
        elif "seen" not in session or now - seen > self.WRITTEN_EVERY:
            session["begun"], session["seen"] = begun, now

    def process_view(self, request: HttpRequest, *_arguments: Any) -> None:
        if getattr(request, "time_is_over", False):
            messages.info(request, _("You were signed out: that happens by itself after a while."))


class SignInMiddleware(LoginRequiredMiddleware):
    """As Django's, for pages; a form that was sent after the session ended gets a page of its own."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is None or request.method in {"GET", "HEAD"}:
            return answer
        return errors.signed_out(request, self.get_login_url(view_func))


class SecondStepMiddleware:
    """Managers, coordinators and administrators set up a second step within some days, or nothing else works.

    Until then the pages on which one begins, and that of the account, say until when. Pages for everyone stay open.
    """

    SAYS = ("employer-start", "school-start", "coordinator-start", "administration", "accounts:profile")
    LEADS_THERE = ("account_reauthenticate", "account_logout", "accounts:totp-qr")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view_func: Callable[..., HttpResponseBase], *_arguments: Any
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name
        open_to_all = not getattr(view_func, "login_required", True)
        if settings.SECOND_STEP_AFTER_DAYS is None or not request.user.is_authenticated or open_to_all:
            return None
        if name in self.LEADS_THERE or name.startswith("mfa_"):
            return None
        last_day = request.actor.second_step_by
        if last_day is None or today() <= last_day:
            request.second_step_by = last_day if name in self.SAYS else None
            return None
        messages.warning(request, _("First set up the second step. Until then nothing else works."))
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")


class ErrorPageMiddleware:
    """A page with words for someone who opens the address of a form; and no error page inside a part that htmx asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            response = errors.method_not_allowed(request, response)
        if response.status_code >= 400 and getattr(request, "htmx", False):
            response.headers["HX-Retarget"] = "body"
        return response
