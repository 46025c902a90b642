"""From which day something is still kept, and until which day: months are counted on the calendar."""

from __future__ import annotations

import datetime as dt

from core.dates import months_from

Duration = tuple[int, int]  # months, and days on top


def first_kept(day: dt.date, length: Duration) -> dt.date:
    """The first day that is still kept on `day`."""
    months, days = length
    return months_from(day, -months) - dt.timedelta(days=days)


def last_kept(day: dt.date, length: Duration) -> dt.date:
    """The last day on which what ended on `day` is kept."""
    months, days = length
    return months_from(day, months) + dt.timedelta(days=days)
