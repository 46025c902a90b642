"""Calls for employers."""

from __future__ import annotations

from django.db import transaction

from core import versions
from core.access import ensure
from core.slugs import save_with_slug
from partnerships.models import Call
from partnerships.rules.days import can_be_last_day


@transaction.atomic
def save(*, call: Call, version: str | None = None) -> Call:
    """Keep a call, new or changed; `version` is what was read of it.

    Raises ValidationError when another of that study year has the title, or when it is published with a last day that
    is over.
    """
    versions.claim(version, call)
    known = Call.objects.filter(pk=call.pk, is_published=True).values_list("deadline", flat=True).first()
    if call.is_published:
        ensure(can_be_last_day(call.deadline, known))
    save_with_slug(call, call.title)
    return call
