"""From which day something is still kept, and until which day: months are counted on the calendar."""

from __future__ import annotations

import calendar
import datetime as dt

Duration = tuple[int, int]  # months, and days on top


def first_kept(day: dt.date, length: Duration) -> dt.date:
    """The first day that is still kept on `day`."""
    months, days = length
    return _months_from(day, -months) - dt.timedelta(days=days)


def last_kept(day: dt.date, length: Duration) -> dt.date:
    """The last day on which what ended on `day` is kept."""
    months, days = length
    return _months_from(day, months) + dt.timedelta(days=days)


def _months_from(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
