"""Calls for employers."""

from __future__ import annotations

from django.db import transaction

from core import changes, versions
from core.access import ensure
from core.dates import a_year_after
from core.slugs import save_with_slug
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.models import Call
from partnerships.rules.days import can_be_last_day
from partnerships.rules.partnerships import can_write, goes_on


@transaction.atomic
def start_next(*, call_id: int, by: Actor) -> Call:
    """Make next year's call of this one: its texts and targets, each day a year later, and nobody who answered.

    It is a draft, to be looked at. Raises ValidationError when there is one of that year with this title.
    """
    former = Call.objects.select_related("partnership").get(pk=call_id)
    call = Call(
        partnership=former.partnership,
        initiative_id=former.initiative_id,
        title=former.title,
        summary=former.summary,
        text=former.text,
        study_year=former.study_year + 1,
        partners_target=former.partners_target,
        places_target=former.places_target,
        deadline=a_year_after(former.deadline),
        kick_off_on=a_year_after(former.kick_off_on) if former.kick_off_on else None,
    )
    return save(call=call, by=by, version=NO_PAGE)


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
