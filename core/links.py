"""Addresses that work outside the portal: in mails, calendars and documents."""

from __future__ import annotations

from django.conf import settings


def absolute_url(path: str) -> str:
    """The full address of a path in this portal; an address that is already full stays as it is."""
    if path.startswith(("https://", "http://")):
        return path
    return f"{settings.SITE_URL.rstrip('/')}/{path.lstrip('/')}"
