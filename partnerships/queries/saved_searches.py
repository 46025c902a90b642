"""What the link in a mail about a saved search opens, and what is new in a list."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from partnerships.enums import SearchedList
from partnerships.models import Call, Initiative, SavedSearch

SALT = "partnerships.saved_search"


def token_of(search: SavedSearch) -> str:
    """The secret of its links: signed and not kept, so that who reads the database cannot use it."""
    return signing.Signer(salt=SALT).sign(str(search.public_id))


def opened_by(token: str) -> SavedSearch | None:
    """The saved search that a link is about."""
    try:
        key = UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return SavedSearch.objects.filter(public_id=key).first()


def published_since(searched: str, moment: dt.datetime) -> QuerySet[Initiative] | QuerySet[Call]:
    """What everyone can read since then, of one of the lists; the newest first."""
    rows = Initiative.objects if searched == SearchedList.INITIATIVES else Call.objects
    return rows.published().filter(published_at__gt=moment).order_by("-published_at", "pk")
