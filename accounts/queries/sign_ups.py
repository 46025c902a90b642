"""Whose the link of a new account is."""

from __future__ import annotations

import datetime as dt

from django.core import signing

SALT = "accounts.sign_up"
VALID_FOR = dt.timedelta(days=3)


def address_of(token: str) -> str:
    """The address that the link was mailed to; empty when the link is not ours or too old. Nothing is kept of it."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=VALID_FOR))
    except signing.BadSignature:
        return ""
