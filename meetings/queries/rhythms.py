"""The rhythm of a table, and the day of its next meeting."""

from __future__ import annotations

import datetime as dt

from meetings.models import Meeting, Rhythm
from partnerships.models import Group, Partnership


def rhythm_of(partnership: Partnership, group: Group | None) -> Rhythm | None:
    """How often a table meets, if that was said."""
    return Rhythm.objects.filter(partnership=partnership, group=group).first()


def last_meeting(rhythm: Rhythm) -> Meeting | None:
    """The latest meeting that its table has planned or held, also one that was called off."""
    rows = Meeting.objects.filter(partnership=rhythm.partnership_id, group=rhythm.group_id, call=None)
    return rows.order_by("-starts_at", "-pk").first()


def next_day(rhythm: Rhythm) -> dt.date | None:
    """The first day of the rhythm for which nothing is planned yet; None once its last day has passed."""
    last = last_meeting(rhythm)
    return rhythm.next_after(last.day if last else rhythm.starts_on - dt.timedelta(days=1))
