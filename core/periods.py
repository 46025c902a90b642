"""Rows that hold from a day to a day: whether they run, that they end after they began, and how they end now.

Days count whole: the first and the last day belong to the period, and no last day means that it goes on. "Today" is the
day in the Netherlands. What is ended by someone is over from that moment: `ended_at` says when, and its last day is that
day. The row stays, also when it had begun that same day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import BaseConstraint, CheckConstraint, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import today

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def running(day: dt.date | None = None, *, may_lack_start: bool = False) -> Q:
    """A condition: the day (today when none is given) is in the period and nobody has ended the row."""
    return within(day, may_lack_start=may_lack_start) & Q(ended_at__isnull=True)


def within(day: dt.date | None = None, *, may_lack_start: bool = False) -> Q:
    """A condition: the row has begun and not ended on the day, for what ends by its days alone.

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


def ended_has_last_day(name: str) -> CheckConstraint:
    """The constraint that what someone ended has a last day."""
    return CheckConstraint(name=name, condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False))


def constraints(name: str, *key: str, overlap: StrOrPromise) -> list[BaseConstraint]:
    """What the database holds of rows that can be ended: days in order, a last day once ended, one at a time for a key.

    `overlap` is what people read when a second row of the same key would run at the same time. Rows that were ended do
    not stand in the way of the next one, which may begin on the very same day.
    """
    return [
        ends_after_start(f"{name}_ends_after_start", may_be_one_day=True),
        ended_has_last_day(f"{name}_ended_has_last_day"),
        one_at_a_time(f"{name}_runs_once", *key, overlap=overlap),
    ]


def one_at_a_time(
    name: str, *key: str, condition: Q | None = None, overlap: StrOrPromise | None = None
) -> ExclusionConstraint:
    """The constraint that of rows that nobody ended no two of one key share a day; of those with a condition, if given."""
    days = Func("starts_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in key), (days, RangeOperators.OVERLAPS)],
        condition=(condition or Q()) & Q(ended_at__isnull=True),
        violation_error_message=overlap,
    )


def beside(row: Any) -> Q:
    """A condition: not ended, and sharing a day with this row; one that lacks a first day has always been there."""
    shares = Q(ended_at__isnull=True)
    if row.starts_on is not None:
        shares &= Q(ends_on__isnull=True) | Q(ends_on__gte=row.starts_on)
    if row.ends_on is not None:
        shares &= Q(starts_on__isnull=True) | Q(starts_on__lte=row.ends_on)
    return shares


def is_over(row: Any) -> bool:
    """Whether someone ended the row, or its last day (`ends_on`) has passed."""
    return getattr(row, "ended_at", None) is not None or (row.ends_on is not None and row.ends_on < today())


def end(row: Any, last_day: dt.date | None = None) -> None:
    """Let a row hold no more from this moment on: today was its last day, or an earlier one that it had already.

    With a last day that is to come it runs until then, and nothing has to happen on the day itself. One that was still to
    begin keeps its first day as its last.
    """
    day = max(last_day or today(), today())
    last = day if row.ends_on is None else min(row.ends_on, day)
    first = getattr(row, "starts_on", None)  # some have always been there
    row.ends_on = last if first is None else max(first, last)
    row.ended_at = timezone.now() if day == today() else None
    row.save(update_fields=["ends_on", "ended_at"])
