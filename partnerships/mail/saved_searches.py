"""Mails to an address that asked for what is new in a public list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.mail.why import why
from core.links import absolute_url
from core.mail import send, written
from core.models import OutgoingMail
from partnerships.models import SavedSearch
from partnerships.queries.saved_searches import token_of


def visitor_search_asked(search: SavedSearch, *, language: str) -> None:
    """Asks whether it was really the reader who wants these mails. It repeats no word that a visitor typed."""
    template = "partnerships/mail/visitor_search_asked.txt"
    send(
        kind=letters.kind_of(template),
        to_email=search.email,
        person=search.person,
        template=template,
        why=why(template),
        context={"search": search},
        language=language,
        link=reverse("partnerships:saved-search", args=[token_of(search)]),
        is_secret=True,
    )


def visitor_search_found(search: SavedSearch, rows: Sequence[Any], asked: Any) -> OutgoingMail:
    """What is new and fits. Mail programs offer to stop it by one press (RFC 8058), and so does the page in it.

    `asked` says what was chosen, in words and as an address. It is written and not queued: those of a turn go together.
    """
    template = "partnerships/mail/visitor_search_found.txt"
    token = token_of(search)
    return written(
        kind=letters.kind_of(template),
        to_email=search.email,
        person=search.person,
        template=template,
        why=why(template),
        context={
            "search": search,
            "words": ", ".join(asked.words),
            "title": rows[0].title,
            "number": len(rows),
            "rows": [{"title": row.title, "url": absolute_url(row.get_absolute_url())} for row in rows],
            "stop_url": absolute_url(reverse("partnerships:saved-search", args=[token])),
        },
        language=search.language,
        link=asked.url,
        list_unsubscribe=reverse("partnerships:saved-search-end", args=[token]),
        is_secret=True,
        by_day=True,
    )
