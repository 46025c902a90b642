"""What `manage.py check --database default` says of the data that the portal counts with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from core import calendars


@register(Tags.database)
def calendar_reaches_ahead(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Holidays are known for a year ahead at least."""
    if not databases or "default" not in databases:
        return []
    try:
        return [Warning(text, id="core.W001") for text in calendars.warnings()]
    except DatabaseError:
        return []  # before the first migrate there is no calendar; migrate fills it
