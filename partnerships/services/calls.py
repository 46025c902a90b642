"""Calls for employers."""

from __future__ import annotations

from django.db import transaction

from core.slugs import save_with_slug
from partnerships.models import Call


@transaction.atomic
def save(*, call: Call) -> Call:
    """Keep a call, new or changed. Raises ValidationError when another of that study year has the title."""
    save_with_slug(call, call.title)
    return call
