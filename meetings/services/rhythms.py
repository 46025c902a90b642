"""How often a table meets: kept, and each next meeting planned from it in one press."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, versions
from core.access import ensure
from core.constraints import explained
from core.dates import AMSTERDAM
from core.versions import NO_PAGE
from meetings.models import Meeting, Rhythm
from meetings.queries.rhythms import last_meeting, next_day
from meetings.rules.meetings import can_plan
from meetings.services import meetings
from meetings.services.locks import partnership_under_lock
from partnerships.actors import Actor

PLANNED = _("This meeting was planned already, or the rhythm has changed. Look again at the next day.")


@transaction.atomic
def save(*, rhythm: Rhythm, by: Actor, version: str | None) -> Rhythm:
    """Keep how often a table meets, new or changed; a table has one rhythm."""
    ensure(can_plan(by, rhythm.partnership, rhythm.group))
    with explained(rhythm):
        versions.claim(version, rhythm)
        before = changes.stored(rhythm) if rhythm.pk else {}
        rhythm.save()
        if before:
            changes.record(rhythm, before, by=by.person_id)
    return rhythm


@transaction.atomic
def plan_next(*, rhythm_id: int, day: dt.date, by: Actor) -> Meeting:
    """Plan the next meeting of a rhythm, on the day that was shown. Raises ValidationError when that is another by now."""
    rhythm = Rhythm.objects.select_related("partnership", "group").get(pk=rhythm_id)
    partnership_under_lock(rhythm.partnership_id)
    ensure(can_plan(by, rhythm.partnership, rhythm.group))
    if day != next_day(rhythm):
        raise ValidationError(PLANNED)
    meeting = Meeting(
        partnership=rhythm.partnership,
        group=rhythm.group,
        title=rhythm.title,
        starts_at=dt.datetime.combine(day, rhythm.starts, AMSTERDAM),
        ends_at=dt.datetime.combine(day, rhythm.ends, AMSTERDAM),
        place=rhythm.place,
        link=rhythm.link,
        previous=last_meeting(rhythm),
    )
    return meetings.save(meeting=meeting, by=by, version=NO_PAGE)
