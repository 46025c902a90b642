"""Days, times and numbers as a reader expects them: 26 november 2026, 14.00 uur, 1.250."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language

from core.dates import AMSTERDAM, local_day, today

SOON = dt.timedelta(days=300)


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


def day(value: dt.date | dt.datetime) -> str:
    """26 november 2026."""
    when = local_day(value)
    return f"{when.day} {MONTHS[when.month]} {when.year}"


def short_day(value: dt.date | dt.datetime) -> str:
    """26 november: where the year is plain."""
    when = local_day(value)
    return f"{when.day} {MONTHS[when.month]}"


def weekday_abbreviation(value: dt.date) -> str:
    """do, above a day number."""
    return str(WEEKDAYS_ABBR[value.weekday()])


def month_abbreviation(value: dt.date) -> str:
    """nov, under a day number; okt 2028 where the year is not plain."""
    month = str(MONTHS_3[value.month])
    return f"{month} {value.year}" if value - today() > SOON else month


def clock(value: dt.time | dt.datetime) -> str:
    """14.00 uur in Dutch, 14:00 in English."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value, AMSTERDAM)
    return f"{value:%-H.%M} uur" if _is_dutch() else f"{value:%H:%M}"


def span(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """14.00 – 14.45 uur."""
    return f"{clock(starts_at).removesuffix(' uur')} – {clock(ends_at)}"


def moment(value: dt.datetime) -> str:
    """26 november 2026, 14.00 uur."""
    return f"{day(value)}, {clock(value)}"


def number(value: float) -> str:
    """1.250 and 1.250,5 in Dutch; 1,250 and 1,250.5 in English."""
    text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if _is_dutch() else text


def hours(minutes: int) -> str:
    """Minutes as hours: 8, and 7,5 only where it is not whole."""
    whole, rest = divmod(minutes, 60)
    return number(round(minutes / 60, 2) if rest else whole)


def week(minutes: Sequence[int]) -> str:
    """The days on which something is on, Monday first, with their hours: maandag 8, dinsdag 7,5."""
    days = (f"{WEEKDAYS[at]} {hours(value)}" for at, value in enumerate(minutes) if value)
    return ", ".join(days)
