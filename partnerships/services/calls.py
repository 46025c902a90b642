"""Calls for employers."""

from __future__ import annotations

from django.db import transaction

from core import changes, versions
from core.access import ensure
from core.slugs import save_with_slug
from partnerships.actors import Actor
from partnerships.models import Call
from partnerships.rules.days import can_be_last_day
from partnerships.rules.partnerships import can_write, goes_on


@transaction.atomic
def save(*, call: Call, by: Actor, version: str | None) -> Call:
    """Keep a call, new or changed; `version` is what was read of it.

    Raises ValidationError when another of that study year has the title, or when it is published with a last day that
    is over.
    """
    ensure(can_write(by, call.partnership))
    versions.claim(version, call)
    known = Call.objects.filter(pk=call.pk, is_published=True).values_list("deadline", flat=True).first()
    if call._state.adding or (call.is_published and known is None):
        ensure(goes_on(call.partnership))
    if call.is_published:
        ensure(can_be_last_day(call.deadline, known))
    before = changes.stored(call) if call.pk else {}
    save_with_slug(call, call.title)
    changes.record(call, before, by=by.person_id)
    return call
