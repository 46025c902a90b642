"""Secrets that stand in the link of a mail: made once, kept only as their digest."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A secret for a link, 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What we keep of a token: who reads the database cannot use the links."""
    return hashlib.sha256(token.encode()).hexdigest()
