"""What every request gets: an id for the logs, headers, and the language the visitor chose."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal import logs
from portal.views import errors

logger = logging.getLogger("portal.request")
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"[\w.-]{8,64}")


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
            logger.info("request", extra={"fields": _fields(request, response, time.monotonic() - started)})
        finally:
            logs.request_id.reset(token)
        response.headers["X-Request-ID"] = identity
        return response


def _fields(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }


class HeadersMiddleware:
    """No page of a signed-in visitor is stored anywhere; no page may use the device's sensors."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        session = settings.SESSION_COOKIE_NAME
        if session in request.COOKIES or session in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response


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
