"""Hours of practice against the norm: a warning with a reason, since the law lets a school deviate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.dates import study_year_bounds, study_year_label, study_year_of
from programmes.enums import Route

PRACTICE_NORM = 610  # BBL, clock hours of practice a study year: WEB article 7.2.7 lid 4
WHOLE_YEAR_DAYS = 304  # ten months: a shorter (last) year needs less, in proportion: WEB article 7.2.7 lid 7
PRACTICE_WEEKS = 40  # of the 52 in a year: for a first proposal from the hours a week of the slot
DEFAULT_WEEK = 24


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


def propose(*, route: str, starts_on: date, ends_on: date, hours_per_week: int | None) -> dict[str, int]:
    """A first spread over the study years: from the slot's hours a week, or else the norm."""
    proposal = {}
    for year in study_years(starts_on, ends_on):
        if hours_per_week or route == Route.BOL:
            weeks = days_within(year, starts_on, ends_on) / 7 * PRACTICE_WEEKS / 52
            hours = round(weeks * (hours_per_week or DEFAULT_WEEK))
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
