"""Days, times and numbers as a reader expects them: 26 november 2026, 14.00 uur, 1.250."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import AMSTERDAM, local_day, today
from core.weeks import in_turn

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


def list_day(value: dt.date | dt.datetime) -> str:
    """26 nov 2026: in a row of a list, with other facts beside it."""
    when = local_day(value)
    month = str(MONTHS_3[when.month])
    return f"{when.day} {month if _is_dutch() else month.capitalize()} {when.year}"


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


def shown_number(value: float | None) -> str:
    """The same of people; None is what a group would be known by that is so small that it tells who is in it."""
    return _("not shown") if value is None else number(value)


def hours(minutes: int) -> str:
    """Minutes as hours: 8, and 7,5 only where it is not whole."""
    whole, rest = divmod(minutes, 60)
    return number(round(minutes / 60, 2) if rest else whole)


def sentence(text: str | Promise) -> str:
    """With a full stop, unless it ends with a mark of its own: a title that asks stays a question."""
    said = str(text)
    return said if said.endswith((".", "?", "!")) else said + SafeString(".")  # what was HTML stays so


def listed(words: Sequence[str]) -> str:
    """One after the other, as in a sentence: maandag, dinsdag en vrijdag."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def week(minutes: Sequence[int], *, short: bool = False) -> str:
    """The days of a week with their hours, as people say them: maandag en woensdag elk 7,5 uur, vrijdag 4 uur."""
    weeks = [_one_week(one, WEEKDAYS_ABBR if short else WEEKDAYS) for one in in_turn(minutes)]
    if len(weeks) < 2:
        return "".join(weeks)
    return _("odd weeks: %(odd)s; even weeks: %(even)s") % {"odd": weeks[0], "even": weeks[1]}


def _one_week(minutes: Sequence[int], names: Mapping[int, Any]) -> str:
    days: dict[int, list[str]] = {}
    for at, value in enumerate(minutes):
        if value:
            days.setdefault(value, []).append(str(names[at]))
    words = (
        (_("%(days)s %(hours)s hours each") if len(found) > 1 else _("%(days)s %(hours)s hours"))
        % {"days": listed(found), "hours": hours(value)}
        for value, found in days.items()
    )
    return ", ".join(words) or _("free")


def pattern(minutes: Sequence[int], a_week: int | None) -> str:
    """The same in short; where the days vary the hours a week, and nothing where neither is known."""
    if minutes:
        return week(minutes, short=True)
    return _("%(hours)s hours a week, on varying days") % {"hours": hours(a_week)} if a_week else ""
