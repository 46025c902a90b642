"""Who acts in this request, for the limits on mails; and the page for who reached one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.services.mailing import TooManyMails
from core.mail import acting
from ui.acts import too_many


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
