"""Who acts in this request, also for the limits on mails; and the page for who reached one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.services.mailing import TooManyMails
from accounts.sessions import read_with
from core.mail import acting
from ui.acts import too_many


class AuthenticationMiddleware(auth.AuthenticationMiddleware):
    """As Django's; the account that was read with the session is not read again."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_user_of, request))  # type: ignore[assignment]  # as Django does


def _user_of(request: Any) -> AbstractBaseUser | AnonymousUser:
    with read_with(request.session):
        return auth.get_user(request)


class MailLimitMiddleware:
    """Every mail that an act of a signed-in person writes is counted as theirs (`accounts.services.mailing`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        writes = request.method not in ("GET", "HEAD") and user.is_authenticated
        token = acting.set(user.person.pk if writes else None)
        try:
            return self.get_response(request)
        finally:
            acting.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """For the few views that do not show a refusal themselves."""
        return too_many(request) if isinstance(exception, TooManyMails) else None
