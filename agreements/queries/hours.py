"""Hours of practice against the norm: a warning with a reason, since the law lets a school deviate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from agreements.models import AgreementVersion
from core.dates import study_year_bounds, study_year_label, study_year_of
from programmes.enums import Route

PRACTICE_NORM = 610  # BBL, clock hours of practice a study year: WEB article 7.2.7 lid 4
WHOLE_YEAR_DAYS = 304  # ten months: a shorter (last) year needs less, in proportion: WEB article 7.2.7 lid 7
PRACTICE_WEEKS = 40  # of the 52 in a year: for a first proposal from the hours a week of the slot
DEFAULT_WEEK = 24 * 60
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A study year with fewer hours than the norm."""

    year: int
    hours: int
    norm: int

    @property
    def label(self) -> str:
        return study_year_label(self.year)


def study_years(starts_on: date, ends_on: date) -> list[int]:
    """The study years that a period touches."""
    return list(range(study_year_of(starts_on), study_year_of(ends_on) + 1))


def days_within(year: int, starts_on: date, ends_on: date) -> int:
    """How many days of the period fall in the study year."""
    first, last = study_year_bounds(year)
    return max(0, (min(last, ends_on) - max(first, starts_on)).days + 1)


def norm_of(year: int, starts_on: date, ends_on: date) -> int:
    """The practice hours asked in one study year of the period, in proportion when it is short."""
    return round(PRACTICE_NORM * min(1.0, days_within(year, starts_on, ends_on) / WHOLE_YEAR_DAYS))


def propose(*, route: str, starts_on: date, ends_on: date, minutes_per_week: int | None) -> dict[str, int]:
    """A first spread over the study years: from the slot's hours a week, or else the norm."""
    proposal = {}
    for year in study_years(starts_on, ends_on):
        if minutes_per_week or route == Route.BOL:
            weeks = days_within(year, starts_on, ends_on) / 7 * PRACTICE_WEEKS / 52
            hours = round(weeks * (minutes_per_week or DEFAULT_WEEK) / 60)
        else:
            hours = norm_of(year, starts_on, ends_on)
        proposal[str(year)] = max(1, hours)
    return proposal


def shortfalls(
    *, route: str, starts_on: date, ends_on: date, years: Iterable[tuple[int, int]]
) -> list[Shortfall]:
    """The study years below the norm; only the work-based route has one per year."""
    if route != Route.BBL:
        return []
    found = []
    for year, hours in sorted(years):
        norm = norm_of(year, starts_on, ends_on)
        if hours < norm:
            found.append(Shortfall(year, hours, norm))
    return found


def days_worked(
    first: date, last: date, starts_on: date, ends_on: date, pauses: Iterable[tuple[date, date]]
) -> int:
    """How many days of a stretch fall in the period and in none of its interruptions."""
    begin, end = max(first, starts_on), min(last, ends_on)
    days = max(0, (end - begin).days + 1)
    for pause_from, pause_until in pauses:
        days -= max(0, (min(end, pause_until) - max(begin, pause_from)).days + 1)
    return max(0, days)


def recalculated(agreed: AgreementVersion, changed: AgreementVersion) -> dict[str, int]:
    """The hours of each study year after a change of days, period or interruptions, from the day it holds.

    What was agreed for a year is spread over its days; the days from the change on count by the new hours a week.
    """
    known = dict(agreed.years)
    usual = _per_day(agreed.minutes_per_week) or _last_rate(agreed)
    old, new = agreed.minutes_per_week, changed.minutes_per_week
    factor = new / old if old and new else 1.0
    found = {}
    for year in study_years(changed.starts_on, changed.ends_on):
        first, last = study_year_bounds(year)
        agreed_days = days_worked(first, last, agreed.starts_on, agreed.ends_on, agreed.pauses)
        rate = known[year] / agreed_days if year in known and agreed_days else usual
        period = (changed.starts_on, changed.ends_on, changed.pauses)
        before = days_worked(first, min(last, changed.effective_from - DAY), *period)
        after = days_worked(max(first, changed.effective_from), last, *period)
        found[str(year)] = max(1, round(rate * before + rate * factor * after))
    return found


def _per_day(minutes_per_week: int | None) -> float:
    """The hours of practice that a day of the calendar stands for."""
    return (minutes_per_week or 0) / 60 * PRACTICE_WEEKS / 52 / 7


def _last_rate(agreed: AgreementVersion) -> float:
    """Where the hours a week are not fixed: what was agreed, spread over the whole period."""
    days = days_worked(agreed.starts_on, agreed.ends_on, agreed.starts_on, agreed.ends_on, agreed.pauses)
    return agreed.total_hours / days if days else 0.0
