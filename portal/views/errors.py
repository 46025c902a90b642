"""Error pages. The templates are 400, 403, 403_csrf, 404, 405, 413, 500 and 503; the last three need no database."""

import errno
import logging
import re
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from psycopg.errors import DiskFull, ReadOnlySqlTransaction

from accounts.services import security
from core import pasted, patience, visitors
from core.access import Forbidden
from portal import reports

logger = logging.getLogger(__name__)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
WORDS = re.compile(r"\S\s+\S")  # something that was written, no choice, number or token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # given by name
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason comes from a rule (core.access.require) and is written for people."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    if isinstance(exception, Forbidden) and request.user.is_authenticated:
        match = request.resolver_match
        security.note_denied(
            person_id=request.user.person.pk,
            page=match.view_name if match else "",
            network=visitors.rough_network_of(request),
        )
    return render(request, "403.html", {"reason": reason}, status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # given by name
    """Who is signed in already is not told to sign in; middleware may fail before that is known."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return render(request, "404.html", {"signed_in": signed_in}, status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away or a disk is full, so that visitors and proxies come back; 500 for our own mistakes.

    Rendered without request: context processors would ask the database that just failed.
    """
    error, match = sys.exc_info()[1], request.resolver_match
    if _takes_no_more(error):
        logger.error("a disk takes nothing more: %s", error)
        is_sent, may_be_kept = (
            request.method == "POST",
            patience.has_committed(),
        )  # a page may fail behind its act
        return _unavailable(
            "60", is_full=True, is_lost=is_sent and not may_be_kept, may_be_kept=is_sent and may_be_kept
        )
    if isinstance(error, OperationalError | InterfaceError):
        return _unavailable("10", may_be_kept=request.method == "POST")  # nobody can say whether it was
    is_told = error is not None and reports.tell(error, match.view_name if match else "none")
    page = render_to_string("500.html", {"is_told": is_told, "email": settings.OPERATOR.email})
    return HttpResponse(page, status=500)


def busy(request: HttpRequest) -> HttpResponse:
    """For whoever waited too long for a turn: nothing is asked, nothing is read."""
    return _unavailable("5", is_busy=True, is_lost=request.method == "POST")


def _takes_no_more(error: BaseException | None) -> bool:
    """A disk, ours or the database's, that is full or may not be written to."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, DatabaseError) and isinstance(error.__cause__, DiskFull | ReadOnlySqlTransaction)


def _unavailable(seconds: str, **why: bool) -> HttpResponse:
    page = render_to_string("503.html", why)
    return HttpResponse(page, status=503, headers={"Retry-After": seconds})


def too_large() -> HttpResponse:
    """For a request that nothing was read of: neither session nor language is known."""
    return HttpResponse(render_to_string("413.html"), status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Shows what was typed, but never words that another site sent here."""
    context = {
        "no_cookie": reason == REASON_NO_CSRF_COOKIE,
        "typed": _typed(request) if _page_before(request) else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def method_not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For someone who opens the address of a form; Django's own answer is an empty page."""
    page = render(request, "405.html", {"back": _page_before(request)}, status=405)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def signed_out(request: HttpRequest, login_url: str) -> HttpResponse:
    """A form came after the session ended: what was typed may be the work of an hour, so it is shown.

    Signing in leads back to the page with the form: the form's own address may show nothing.
    """
    to_login = redirect_to_login(_page_before(request) or settings.LOGIN_REDIRECT_URL, login_url)
    typed = _typed(request)
    if not typed:
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": to_login.url})
        return to_login
    response = render(request, "signed_out.html", {"typed": typed, "login_url": to_login.url}, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _typed(request: HttpRequest) -> list[str]:
    """The texts in a form, to copy."""
    return [
        pasted.text(value)
        for name, values in request.POST.lists()
        if "password" not in name
        for value in values
        if WORDS.search(value)
    ]


def _page_before(request: HttpRequest) -> str:
    """The page of this site on which the form or link stood, if the browser says so."""
    before = request.headers.get("Referer", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(before, here, require_https=request.is_secure()):
        return ""
    parts = urlsplit(before)
    return parts._replace(scheme="", netloc="", fragment="").geturl()
