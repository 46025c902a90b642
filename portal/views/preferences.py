"""What a visitor sets for the browser at hand: theme and language. Kept in cookies, with or without an account."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from portal.views import errors
from ui.context_processors import THEMES

A_YEAR = 365 * 24 * 3600
View = Callable[[HttpRequest], HttpResponse]


def from_own_pages(view: View) -> View:
    """A form without a token, since a page that is kept for everyone holds none: the browser says where it stood.

    Nothing rests on these two but how the pages look in this browser, so one that does not say so is believed.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        is_ours = not origin or origin == f"{request.scheme}://{request.get_host()}"
        if not is_ours or request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return errors.csrf_failure(request)
        return view(request)

    return answer


@login_not_required
@from_own_pages
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme for a year; the system's own choice needs no cookie."""
    response = HttpResponseRedirect(_back(request))
    theme = request.POST.get("thema", "")
    if theme == "systeem" or theme not in THEMES:
        response.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    else:
        response.set_cookie(
            settings.THEME_COOKIE_NAME,
            theme,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@login_not_required
@from_own_pages
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's own view, open to visitors and for POST only."""
    return django_set_language(request)


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, if that is on this site."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return reverse("home")
