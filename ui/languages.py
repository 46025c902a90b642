"""The language that a browser is remembered to read in, and that of what people wrote."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
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


def dutch(text: object) -> str:
    """A stored title or name among other words, `{{ slot.title|dutch }}`: with its language, where the page has another."""
    if get_language() == DUTCH or not text:
        return text if isinstance(text, str) else str(text or "")
    return format_html('<span lang="{}">{}</span>', DUTCH, text)


class Stored(str):
    """A stored title or name as the choice of a form, which then says its language."""

    __slots__ = ()


def choice(row: object) -> str:
    """A row as a choice: a name of something, or of someone, which is in no language."""
    is_someone = any(hasattr(type(row), name) for name in ("full_name", "person", "student"))
    return str(row) if is_someone else Stored(row)


def language_of(option: Mapping[str, object]) -> str:
    """Inside the tag of a choice, as a widget gives it to its template: the language of what is stored."""
    label, value = option["label"], option["value"]
    row = getattr(value, "instance", None)  # of Django's fields for rows
    return in_dutch() if isinstance(label, Stored) or (row and isinstance(choice(row), Stored)) else ""


def naming(sentence: object, name: str) -> str:
    """A sentence that was made where no page is known, `{{ one.text|naming:one.thing }}`."""
    said = str(sentence)
    if get_language() == DUTCH or not name:
        return said
    return format_html_join(dutch(name), "{}", ((part,) for part in said.split(name)))


def told(sentence: str | Promise, **parts: object) -> str:
    """A sentence of a page with stored words in it: `told(_("“%(slot)s” is full."), slot=dutch(slot.title))`.

    Its parts are named as `%(slot)s` or as `{slot}`. Plain text where the page is in Dutch, and HTML where it is not:
    never for mails, files or the title of a window.
    """
    text = str(sentence)
    if get_language() != DUTCH:
        text = escape(text)
        parts = {name: format_html("{}", part) for name, part in parts.items()}
    said = text % parts if "%(" in text else text.format(**parts)
    return said if get_language() == DUTCH else mark_safe(said)  # noqa: S308 # nosec B308 B703 - all of it was escaped
