"""The hours of the day in which a reminder may reach someone, by the clock of the Netherlands."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from core.dates import AMSTERDAM

FROM = dt.time(7, 0)  # nobody is woken by a reminder,
UNTIL = dt.time(21, 0)  # nor gets one late at night because a server was away


def are_quiet(moment: dt.datetime) -> bool:
    """Whether a reminder waits until the morning."""
    return not FROM <= timezone.localtime(moment, AMSTERDAM).time() < UNTIL


def next_morning(moment: dt.datetime) -> dt.datetime:
    """When the next day of reminders begins."""
    local = timezone.localtime(moment, AMSTERDAM)
    day = local.date() if local.time() < FROM else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, FROM, tzinfo=AMSTERDAM)
