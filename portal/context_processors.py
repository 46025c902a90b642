"""The main menu of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.components import Link


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The public menu; `current` is the part of the site the page is in."""
    return {"nav": _public(request)}


def _public(request: HttpRequest) -> list[Link]:
    items = [
        (_("Initiatives"), reverse("partnerships:initiative-list"), ""),
        (_("Calls"), reverse("partnerships:call-list"), ""),
        (_("For employers"), reverse("for-employers"), ""),
        (_("For students"), reverse("for-students"), ""),
    ]
    if not request.user.is_authenticated:
        items.append((_("Sign in"), reverse("account_login"), "user"))
    return [Link(label, url, current=request.path.startswith(url), icon=icon) for label, url, icon in items]
