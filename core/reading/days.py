"""Days and times of the clock, as people write them and as spreadsheets keep them.

A day comes before its month, as Dutch and British people write. Between slashes an American may have written, so that
there the day is asked when both fit, unless the rest of the column shows the order (`orders_in`).

A year of two digits: 00 to 29 is of this century and 69 to 99 of the last one, for spreadsheets and programs agree on
those; they differ on 30 to 68, which therefore can mean two years, unless only one of them is possible.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache

from babel.dates import get_day_names, get_month_names
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.reading.answers import EMPTY, Answer, Kind, Read, Refused, Unsure, one_of, plain, said
from core.text import unaccented


class Order(StrEnum):
    """Which of the two comes first in 3/4/2009."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


SURELY_NEW, SURELY_OLD = 29, 69
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
SHEET_ZERO = dt.date(1899, 12, 30)  # day 0 of Excel and LibreOffice, for every day after February 1900
SHEET_DAYS = range(10_000, 73_051)  # five digits: from May 1927 up to and including 2099
LANGUAGES = ("nl", "en")
SAME_AGAIN = 20_000  # texts that are kept in mind: a long list has the same days over and over

_TIME = re.compile(
    r"(?:\s*,\s*|\s+|t)(?:om |at )?(\d{1,2})[:.u](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:uur|u|h|z|[ap]m|[+-]\d{2}:?\d{2})?$"
)
_EIGHT = re.compile(r"\d{8}")
_NUMBERS = re.compile(r"^(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*('?\d{2}|\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{1,2})$")
_DAY_WORD = re.compile(r"^(\d{1,2})(?:e|de|ste|st|nd|rd|th)?[\s.\-/]*([a-z]+)[\s.,\-/]*('?\d{2}|\d{4})$")
_WORD_DAY = re.compile(r"^([a-z]+)[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s,\-/]+('?\d{2}|\d{4})$")
_NO_YEAR = re.compile(r"^(?:\d{1,2}\s*[-/.]\s*\d{1,2}|\d{1,2}[\s.\-/]*[a-z]{3,}\.?)$")
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.uh]\s*(\d{2})|(\d{2}))?(?::\d{2})?\s*(uur|u|h|am|pm|a\.m\.|p\.m\.)?$")


def day(
    value: object, *, order: Order | None = None, first: dt.date | None = None, last: dt.date | None = None
) -> Answer[dt.date]:
    """The day that is meant; a time of the clock behind it is left out.

    `order` is what is known of the writer, and then the other order is not taken. `first` and `last` are the days between
    which it must lie, both included: what lies outside is not meant, and refused when nothing else is. Without them it
    lies within three centuries.
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    text = plain(value)
    if not text:
        return EMPTY
    found = (value,) if isinstance(value, dt.date) else _candidates(text, order)
    if not found:
        return Refused(_reason(text))
    from_, until = first or dt.date(EARLIEST_YEAR, 1, 1), last or dt.date(LATEST_YEAR, 12, 31)
    fitting = [one for one in found if from_ <= one <= until]
    if not fitting and first is last is None:
        words = _("Fill in the year in four digits, between %(first)d and %(last)d.")
        return Refused(said(words, text, first=EARLIEST_YEAR, last=LATEST_YEAR))
    if not fitting:
        words = _("“%(text)s” is not a day between %(first)s and %(last)s.")
        return Refused(said(words, text, first=lambda: shown(from_), last=lambda: shown(until)))
    return Read(fitting[0]) if len(fitting) == 1 else _asked(text, fitting)


def orders_in(values: Iterable[object]) -> set[Order]:
    """The orders that a column shows: those in which one of its days can be written in that order only."""
    return {order for value in values if (order := _order_in(plain(value))) is not None}


@lru_cache(maxsize=SAME_AGAIN)
def _order_in(text: str) -> Order | None:
    found = _NUMBERS.match(_without_time(text.lower()))
    if found and len(found.group(1)) <= 2:
        one, other = int(found.group(1)), int(found.group(3))
        if one > 12 >= other:
            return Order.DAY_FIRST
        if other > 12 >= one:
            return Order.MONTH_FIRST
    return None


def clock(value: object) -> Answer[dt.time]:
    """A time of the day: 14:00, 14.00 uur, 14u30, 1430, 2 pm."""
    if isinstance(value, dt.datetime | dt.time):
        return Read(dt.time(value.hour, value.minute))
    text = plain(value).lower()
    if not text:
        return EMPTY
    found = _CLOCK.match(text)
    refused = Refused(said(_("“%(text)s” is not a time. Fill in a time, for example 14:00."), text))
    if found is None:
        return refused
    hour, minute = int(found.group(1)), int(found.group(2) or found.group(3) or 0)
    half = (found.group(4) or "").replace(".", "")
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return refused
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Read(dt.time(hour, minute)) if hour < 24 and minute < 60 else refused


def shown(value: dt.date) -> str:
    """26 november 2026, in the language of now."""
    return str(formats.date_format(value, "j F Y"))


def _asked(text: str, days: list[dt.date]) -> Unsure[dt.date]:
    if len({(one.month, one.day) for one in days}) == 1:
        words = _("“%(text)s” can be %(first)s or %(last)s. Write the year in four digits.")
        return one_of(Kind.CENTURY, days, text, words, shown)
    words = _("“%(text)s” can be %(first)s or %(last)s: does the day or the month come first?")
    return one_of(Kind.DAY_OR_MONTH, days, text, words, shown)


@lru_cache(maxsize=SAME_AGAIN)
def _candidates(text: str, order: Order | None) -> tuple[dt.date, ...]:
    """The days that it can be, without a day twice; the Dutch order first."""
    line = _without_time(unaccented(text))
    pieces = _pieces(line, order)
    days = [_day(year, month, number) for year, month, number in pieces]
    days = days or [_of_sheet(line)]
    return tuple(dict.fromkeys(one for one in days if one is not None))


def _without_time(text: str) -> str:
    found = _TIME.search(text)
    if found and int(found.group(1)) < 24 and int(found.group(2)) < 60:
        return text[: found.start()].rstrip(" ,")
    return text


def _pieces(text: str, order: Order | None) -> list[tuple[int, int, int]]:
    """Year, month and day in each way in which the text can be taken apart."""
    if _EIGHT.fullmatch(text):  # 20040314, or 14032004: a year never fits where a month stands
        if EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR:
            return [(int(text[:4]), int(text[4:6]), int(text[6:]))]
        text = f"{text[:2]}-{text[2:4]}-{text[4:]}"
    if found := _YEAR_FIRST.match(text):
        return [(int(found.group(1)), int(found.group(3)), int(found.group(4)))]
    if (found := _NUMBERS.match(text)) and len(found.group(1)) <= 2:
        one, mark, other = int(found.group(1)), found.group(2), int(found.group(3))
        asked = order is None and (mark == "/" or other > 12)
        pairs = [(other, one)] if order is not Order.MONTH_FIRST else []
        pairs += [(one, other)] if order is Order.MONTH_FIRST or asked else []
        return [(year, *pair) for pair in pairs for year in _years(found.group(4))]
    return _pieces_in_words(text)


def _pieces_in_words(text: str) -> list[tuple[int, int, int]]:
    words = text.split(maxsplit=1)
    if len(words) > 1 and words[0].rstrip(".,") in _weekdays():
        text = words[1]
    for pattern, month_at, day_at in ((_DAY_WORD, 2, 1), (_WORD_DAY, 1, 2)):
        found = pattern.match(text)
        month = _months().get(found.group(month_at)) if found else None
        if found and month:
            return [(year, month, int(found.group(day_at))) for year in _years(found.group(3))]
    return []


def _years(text: str) -> list[int]:
    digits = text.removeprefix("'")
    if len(digits) > 2:
        return [int(digits)]
    new, old = 2000 + int(digits), 1900 + int(digits)
    if int(digits) <= SURELY_NEW:
        return [new]
    return [old] if int(digits) >= SURELY_OLD else [old, new]


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _of_sheet(text: str) -> dt.date | None:
    """The day that a spreadsheet keeps as a number; what stands behind the mark is the time."""
    found = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text)
    if found is None or int(found.group(1)) not in SHEET_DAYS:
        return None
    return SHEET_ZERO + dt.timedelta(days=int(found.group(1)))


def _reason(text: str) -> str | Promise:
    line = _without_time(unaccented(text))
    if _NO_YEAR.match(line):
        return said(_("“%(text)s” has no year. Fill in day, month and year, for example 26-11-2026."), text)
    if re.fullmatch(r"\d{4}", line):
        return said(
            _("“%(text)s” has no day and month. Fill in the whole date, for example 26-11-2026."), text
        )
    return said(_("“%(text)s” is not a date that exists. Write it like 26-11-2026."), text)


@cache
def _months() -> dict[str, int]:
    """The names of the months, whole and short, in Dutch and English."""
    names = {"maa": 3, "sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            found = get_month_names(width, locale=language)
            names |= {unaccented(name).rstrip("."): number for number, name in found.items()}
    return names


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        unaccented(name).rstrip(".")
        for language in LANGUAGES
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, locale=language).values()
    )
