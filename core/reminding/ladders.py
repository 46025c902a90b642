"""Ladders: after how many days a reminder goes out, step by step, and where it stops.

Everything is counted in local days of the Netherlands, so that a clock change or a year end moves nothing.
A step that is missed (nothing ran that day) is still sent in its window; when more steps are due at once, only the
last one is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from core.dates import AMSTERDAM, add_working_days, holidays_between, is_working_day

WINDOW = 7
# How far back or ahead a ladder looks for the days it counts from: the longest step and the longest holiday.
REACH = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day for which is asked, with the holidays around it, read once a run."""

    day: dt.date
    holidays: Collection[dt.date]

    @classmethod
    def of(cls, day: dt.date) -> Calendar:
        return cls(day, holidays_between(day - REACH, day + REACH))

    def last_open_day(self, day: dt.date) -> dt.date:
        """The day itself, or the last one before it that is no holiday; a weekend counts as open."""
        while day in self.holidays:
            day -= dt.timedelta(days=1)
        return day

    @property
    def is_working_day(self) -> bool:
        return is_working_day(self.day, self.holidays)

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself when people work, otherwise the first day that they do."""
        return day if is_working_day(day, self.holidays) else add_working_days(day, 1, self.holidays)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder, counted from the day something was asked (or falls due, for negative days).

    `working` counts working days; otherwise days, moved to a working day. An `urgent` step is bound to its date:
    it goes out on that very day, weekend or not; before a holiday, which is nobody's day to be reminded. When nothing ran
    that day it goes out on the next, and its mail says that the day is over.
    """

    name: str
    days: int
    working: bool = False
    urgent: bool = False
    window: int = WINDOW

    def due(self, anchor: dt.date, calendar: Calendar) -> dt.date:
        if self.working:
            return add_working_days(anchor, self.days, calendar.holidays)
        day = anchor + dt.timedelta(days=self.days)
        return calendar.last_open_day(day) if self.urgent else calendar.next_working_day(day)

    def is_due(self, due: dt.date, calendar: Calendar) -> bool:
        is_day = calendar.day not in calendar.holidays if self.urgent else calendar.is_working_day
        return is_day and 0 <= (calendar.day - due).days < self.window


@dataclass(frozen=True, slots=True)
class DueRung:
    """The rung that is due today for everything that was asked on one day, and the day on which it fell due."""

    name: str
    day: dt.date


Due = dict[dt.date, DueRung]


def due_rungs(rungs: Iterable[Rung], calendar: Calendar) -> Due:
    """The rung that is due now for each day on which something may have been asked; other days are left out."""
    found: Due = {}
    for rung in rungs:
        first = calendar.day - REACH if rung.days >= 0 else calendar.day
        # Holidays bring an urgent one forward.
        reach = max(REACH.days, -rung.days)  # half a year before something is further ahead
        for offset in range(reach + 1 + (WINDOW if rung.urgent else 0)):
            anchor = first + dt.timedelta(days=offset)
            due = rung.due(anchor, calendar)
            too_late = rung.days < 0 and calendar.day >= anchor  # its mail says "in a week"
            if rung.is_due(due, calendar) and not too_late:
                found[anchor] = DueRung(rung.name, due)
    return found


def stretches(due: Due) -> list[tuple[dt.date, dt.date]]:
    """The days of `due` as few unbroken stretches, both ends included, for a query that an index serves."""
    days = sorted(due)
    if not days:
        return []
    breaks = [(before, after) for before, after in pairwise(days) if (after - before) > dt.timedelta(days=1)]
    starts = [days[0], *(after for _before, after in breaks)]
    ends = [*(before for before, _after in breaks), days[-1]]
    return list(zip(starts, ends, strict=True))


def on_days(field: str, due: Due) -> Q:
    """A condition on a date field: it is one of the days of `due`. Matches nothing when there are none."""
    condition = Q(pk__in=[])
    for first, last in stretches(due):
        condition |= Q(**{f"{field}__range": (first, last)})
    return condition


def in_days(field: str, due: Due) -> Q:
    """A condition on a moment: it lies within the local days of `due`."""
    condition = Q(pk__in=[])
    for first, last in stretches(due):
        condition |= Q(
            **{f"{field}__gte": _midnight(first), f"{field}__lt": _midnight(last + dt.timedelta(days=1))}
        )
    return condition


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=AMSTERDAM)
