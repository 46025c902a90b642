"""Keeps the calendar filled: public holidays from their rules, school holidays from their file.

`migrate` fills it, and so do `load_holidays` and the clock, each time from last year to five years ahead. What is there
stays as it is, but for school holidays that the file gives otherwise now.
"""

from __future__ import annotations

import csv
import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import holidays
from core.dates import today
from core.models import Holiday, SchoolHoliday

logger = logging.getLogger(__name__)
YEARS_BACK, YEARS_AHEAD = 1, 5
WARN_FOR = dt.timedelta(days=365)
SOURCE = "Algemene termijnenwet, artikel 3"
_FILE = Path(__file__).parent / "data" / "school_holidays.csv"


@dataclass(frozen=True, slots=True)
class Change:
    """What filling the calendar does, or would do: a line for whoever started it."""

    text: str


@transaction.atomic
def fill(*, years: Iterable[int] | None = None, dry_run: bool = False) -> list[Change]:
    """Add what the calendar lacks, and return it. With `dry_run` nothing is written."""
    return [*_fill_public(list(years or _years()), dry_run), *_fill_schools(dry_run)]


def _years() -> range:
    year = today().year
    return range(year - YEARS_BACK, year + YEARS_AHEAD + 1)


def _fill_public(years: list[int], dry_run: bool) -> Iterator[Change]:
    known = set(Holiday.objects.filter(day__year__in=years).values_list("day", flat=True))
    missing = [found for year in years for found in holidays.of_year(year) if found.day not in known]
    if not dry_run:
        rows = [
            Holiday(day=found.day, name=found.name, choice=found.choice, source=SOURCE) for found in missing
        ]
        Holiday.objects.bulk_create(rows, ignore_conflicts=True)  # the clock and a command may both be at it
    yield from (Change(f"{found.day} {found.name}") for found in missing)


def _fill_schools(dry_run: bool) -> Iterator[Change]:
    known = {(row.study_year, row.period, row.region): row for row in SchoolHoliday.objects.all()}
    wanted = [
        row for row in _of_file() if not _is_same(row, known.get((row.study_year, row.period, row.region)))
    ]
    if not dry_run:
        SchoolHoliday.objects.bulk_create(
            wanted,
            update_conflicts=True,
            unique_fields=["study_year", "period", "region"],
            update_fields=["starts_on", "ends_on", "source"],
        )
    yield from (
        Change(f"{row.starts_on} – {row.ends_on} {row.period} {row.study_year} {row.region}")
        for row in wanted
    )


def _of_file() -> list[SchoolHoliday]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            SchoolHoliday(
                study_year=int(row["study_year"]),
                period=SchoolHoliday.Period(row["period"]),
                region=SchoolHoliday.Region(row["region"]),
                starts_on=dt.date.fromisoformat(row["starts_on"]),
                ends_on=dt.date.fromisoformat(row["ends_on"]),
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]


def _is_same(row: SchoolHoliday, known: SchoolHoliday | None) -> bool:
    return known is not None and (row.starts_on, row.ends_on, row.source) == (
        known.starts_on,
        known.ends_on,
        known.source,
    )


def missing() -> list[dt.date]:
    """The first days of what ought to be known of last year to five ahead, and is not."""
    years = _years()
    public = (found.day for year in years for found in holidays.of_year(year))
    known = set(Holiday.objects.filter(day__year__in=list(years)).values_list("day", flat=True))
    schools = {(row.study_year, row.period, row.region): row for row in SchoolHoliday.objects.all()}
    lacking = [
        row.starts_on
        for row in _of_file()
        if not _is_same(row, schools.get((row.study_year, row.period, row.region)))
    ]
    return sorted({*(day for day in public if day not in known), *lacking})


def misplaced() -> list[int]:
    """The keys of public holidays that came from the rules and are on none of their days."""
    rows = Holiday.objects.filter(source=SOURCE).values_list("pk", "day", "choice")
    given = {year: {(day.day, day.choice) for day in holidays.of_year(year)} for year in _spanned(rows)}
    return sorted(pk for pk, day, choice in rows if (day, choice) not in given[day.year])


def _spanned(rows: Iterable[tuple[int, dt.date, str]]) -> set[int]:
    return {day.year for _pk, day, _choice in rows}


def warnings() -> list[str]:
    """What is about to run out, in sentences: less than a year ahead is known."""
    soon = today() + WARN_FOR
    found = []
    public = Holiday.objects.annotate(kind=Value("public")).order_by("-day").values_list("kind", "day")
    school = SchoolHoliday.objects.annotate(kind=Value("school")).order_by("-ends_on")
    known = dict(public[:1].union(school.values_list("kind", "ends_on")[:1], all=True))
    last = known.get("public")
    if last is None or last < soon:
        found.append(
            _(
                "Public holidays are known until %(day)s only. Run load_holidays, and see whether the clock runs."
            )
            % {"day": _words(last)}
        )
    last = known.get("school")
    if last is None or last < soon:
        found.append(
            _("School holidays are known until %(day)s only. Add the next study year to their file.")
            % {"day": _words(last)}
        )
    return found


def _words(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else "–"


def keep_filled() -> int:
    """Fill, and tell the log what is about to run out; the number of rows that were written."""
    changes = fill()
    for warning in warnings():
        logger.warning("%s", warning)
    return len(changes)
