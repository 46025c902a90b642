"""Fresh authentication, for acts that bind someone."""

from __future__ import annotations

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest


@reauthentication_required
def _ask(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired; allauth's middleware turns that into its page and back again."""


def require_fresh(request: HttpRequest) -> None:
    """Ask for the password, and come back here, unless the visitor signed in or gave it in the last five minutes."""
    latest = max((item["at"] for item in get_authentication_records(request, request.user)), default=0)
    if time.time() - latest >= app_settings.REAUTHENTICATION_TIMEOUT:
        _ask(request)


def is_fresh(request: HttpRequest) -> bool:
    """Whether one signed in within the last five minutes, for a page that cannot be resumed in the middle of a POST."""
    try:
        require_fresh(request)
    except ReauthenticationRequired:
        return False
    return True
