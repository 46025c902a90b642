"""Rows that hold from a day to a day: whether they run, that they end after they began, and how they end today.

Days count whole: the first and the last day belong to the period, and no last day means that it goes on. "Today" is the
day in the Netherlands.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import today


def running(day: dt.date | None = None, *, may_lack_start: bool = False) -> Q:
    """A condition: the row has begun and not ended on the day (today when none is given).

    `may_lack_start` is for rows whose first day may be unknown; those count as begun.
    """
    day = day or today()
    begun = Q(starts_on__lte=day)
    if may_lack_start:
        begun |= Q(starts_on__isnull=True)
    return begun & not_over(day)


def not_over(day: dt.date | None = None) -> Q:
    """A condition: the last day has not passed on the day (today when none is given), or there is none."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day or today())


def ends_after_start(
    name: str, start: str = "starts_on", end: str = "ends_on", *, may_be_one_day: bool = False
) -> CheckConstraint:
    """The constraint that a period ends after it begins; a row that lacks one of the two days passes.

    `may_be_one_day` allows the first day to be the last, for what can end on the day on which it began.
    """
    later = f"{end}__gte" if may_be_one_day else f"{end}__gt"
    return CheckConstraint(
        name=name,
        condition=Q(**{later: F(start)}),
        violation_error_message=_("The end date must be after the start date."),
    )


def is_over(row: Any) -> bool:
    """Whether the last day of the row (`ends_on`) has passed."""
    return row.ends_on is not None and row.ends_on < today()


def end(row: Any) -> None:
    """Let a row hold no more from today on: yesterday was its last day.

    One that began today or is still to begin has no period to keep, and is deleted.
    """
    yesterday = today() - dt.timedelta(days=1)
    if row.starts_on is not None and row.starts_on > yesterday:
        row.delete()
        return
    row.ends_on = yesterday
    row.save(update_fields=["ends_on"])
