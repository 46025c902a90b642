"""Fresh authentication, for acts that bind someone."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.views import ReauthenticateView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


@reauthentication_required
def _ask(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired; allauth's middleware turns that into its page and back again."""


GOES_ON = "signs_at"  # the page on which one wants to sign, in the session
CODE_AT = "signing_code_at"


def require_fresh_to_sign(request: HttpRequest) -> None:
    """The same before a signature: a code by mail will do as well, for who has no second step."""
    if is_fresh_to_sign(request):
        return
    if not is_mfa_enabled(request.user):
        request.session[GOES_ON] = request.get_full_path()
    require_fresh(request)


def is_fresh_to_sign(request: HttpRequest) -> bool:
    """Whether that was done within the last five minutes."""
    return _gave_code(request) or is_fresh(request)


def _gave_code(request: HttpRequest) -> bool:
    since: float = request.session.get(CODE_AT, 0)
    is_late = time.time() - since >= app_settings.REAUTHENTICATION_TIMEOUT
    return not is_late and not is_mfa_enabled(request.user)


class ReauthenticationView(ReauthenticateView):
    """allauth's page, with the code by mail beside it for who comes from a page to sign."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        goes_on = self.request.session.get(GOES_ON)
        signs = bool(goes_on) and self.request.GET.get("next") == goes_on
        signs = signs and not is_mfa_enabled(self.request.user)
        return context | {"may_use_code": signs}


reauthenticate = ReauthenticationView.as_view()


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
