"""The second step at the doors of administrators: a stolen password alone opens nobody's account and no table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.rules import can_support
from core.access import require


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether an administrator has none, where it is asked."""
    return settings.ADMIN_NEEDS_SECOND_STEP and not is_mfa_enabled(request.user)


def ask_second_step(request: HttpRequest) -> HttpResponse:
    """Off to where it is switched on."""
    messages.warning(request, _("Administrators sign in with a second step. Switch it on first."))
    return redirect("mfa_index")


def for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for administrators with a second step."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_support(request.user.person))
        return ask_second_step(request) if lacks_second_step(request) else view(request, *args, **kwargs)

    return guarded
