"""What the base template needs on every page, whoever asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

THEME_COOKIE = "thema"
# What the cookie holds is Dutch like the rest of what visitors see; the stylesheet speaks English.
THEMES = {"systeem": "system", "licht": "light", "donker": "dark"}


def theme(request: HttpRequest) -> dict[str, Any]:
    """The chosen theme, and the role whose colours the page wears; a view names its own role."""
    return {"theme": THEMES.get(request.COOKIES.get(THEME_COOKIE, ""), "system"), "space": "public"}
