"""Working weeks: the minutes of each day, Monday first, of one week or of two that take turns (odd, then even)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

DAYS = 7
LENGTHS = (0, DAYS, 2 * DAYS)  # no fixed days, every week the same, two weeks in turn


def has_length(column: str = "week") -> Q:
    """For a CHECK: nothing, one week, or two."""
    return Q(**{f"{column}__len__in": LENGTHS})


def minutes_a_week(week: Sequence[int]) -> int:
    """The minutes of a week, of two the mean; 0 where the days are not fixed."""
    return sum(week) * DAYS // len(week) if week else 0


def in_turn(week: Sequence[int]) -> list[list[int]]:
    """Each week apart."""
    return [list(week[at : at + DAYS]) for at in range(0, len(week), DAYS)]


def worked(week: Sequence[int]) -> list[int]:
    """The days on which there is work in any of the weeks, Monday as 0."""
    return [at for at in range(DAYS) if any(week[at::DAYS])]
