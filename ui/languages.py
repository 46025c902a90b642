"""The language that a browser is remembered to read in, and that of what people wrote."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import get_language

DUTCH = "nl"  # in which people write here, and the national registers are


def remember(response: HttpResponseBase, language: str) -> None:
    """Put the language in a cookie, for the pages that one sees without signing in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


def in_dutch() -> str:
    """Inside the tag of an element with stored text, `<p{% in_dutch %}>`: its language, where the page has another."""
    return "" if get_language() == DUTCH else format_html(' lang="{}"', DUTCH)


def dutch(text: object) -> object:
    """A stored title or name among other words, `{{ slot.title|dutch }}`: with its language, where the page has another."""
    if get_language() == DUTCH or not text:
        return text
    return format_html('<span lang="{}">{}</span>', DUTCH, text)
