"""What the base template needs on every page, whoever asks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

# The value in the cookie is Dutch, like addresses and parameters; the names in the stylesheet are English.
THEMES = {"systeem": "system", "licht": "light", "donker": "dark"}


def theme(request: HttpRequest) -> dict[str, Any]:
    """The theme that the visitor chose, and the space whose colours the page wears unless its view names another."""
    return {
        "theme": THEMES.get(request.COOKIES.get(settings.THEME_COOKIE_NAME, ""), "system"),
        "space": "public",
    }
