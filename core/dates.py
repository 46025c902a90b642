"""Days as people in the Netherlands count them: local days, study years, working days, weeks."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.models import Holiday

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STUDY_YEAR_STARTS = (8, 1)  # WEB article 1.1.1: 1 August up to and including 31 July
SATURDAY = 5


def today() -> dt.date:
    """The day it is in the Netherlands."""
    return timezone.localdate(timezone=AMSTERDAM)


def local_day(value: dt.date | dt.datetime) -> dt.date:
    """The day in the Netherlands, for an instant; a day stays what it is."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value, AMSTERDAM).date() if timezone.is_aware(value) else value.date()
    return value


def months_from(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (or earlier, below 0), or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_from(day: dt.date, years: int) -> dt.date:
    """The same day so many years later (or earlier, below 0); 28 February where there is no 29th."""
    return months_from(day, 12 * years)


def study_year_of(day: dt.date) -> int:
    """The start year of the study year `day` falls in: 31 July 2021 → 2020."""
    return day.year if (day.month, day.day) >= STUDY_YEAR_STARTS else day.year - 1


def study_year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a study year, both included."""
    return dt.date(year, *STUDY_YEAR_STARTS), dt.date(year + 1, *STUDY_YEAR_STARTS) - dt.timedelta(days=1)


def study_year_label(year: int) -> str:
    """2020 → "2020-2021"."""
    return f"{year}-{year + 1}"


def holidays_between(first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """The national holidays in a period, both ends included; days of choice are for each organisation to say."""
    return frozenset(
        Holiday.objects.filter(day__range=(first, last), choice="").values_list("day", flat=True)
    )


def is_working_day(day: dt.date, holidays: Collection[dt.date]) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: dt.date, count: int, holidays: Collection[dt.date] | None = None) -> dt.date:
    """The `count`-th working day after `day` (before it when negative); 0 gives `day` itself.

    Callers with many rows load the holidays once and pass them.
    """
    step = dt.timedelta(days=1 if count > 0 else -1)
    if holidays is None:
        # Never more than half of a long stretch is free: twice the count and a fortnight is far enough.
        reach = dt.timedelta(days=abs(count) * 2 + 14)
        holidays = holidays_between(day - reach, day) if count < 0 else holidays_between(day, day + reach)
    for _turn in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def week_of(day: dt.date, starts_on: dt.date, ends_on: dt.date) -> tuple[int, int]:
    """Week n of m of a period; weeks start on Monday, the first holds `starts_on`, n stays within 1…m."""
    monday = starts_on - dt.timedelta(days=starts_on.weekday())
    total = max(1, (ends_on - monday).days // 7 + 1)
    return min(max(1, (day - monday).days // 7 + 1), total), total


def a_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; the last of February stays in February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
