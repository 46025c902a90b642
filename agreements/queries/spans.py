"""On which days each signed text of an agreement holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from agreements.models import AgreementVersion
from core.dates import local_day

DAY = timedelta(days=1)
Span = tuple[AgreementVersion, DateRange]


def first_day(version: AgreementVersion, signed_at: datetime) -> date:
    """A first text holds from the day that it names; a change not before everyone has signed it."""
    if version.is_base:
        return version.effective_from
    return max(version.effective_from, local_day(signed_at))


def spans(signed: Iterable[AgreementVersion], ended_on: date | None) -> list[Span]:
    """Each text until the first day of one that was signed after it, its own last day, or the day the agreement ended.

    One that was overtaken before it began holds on no day at all.
    """
    found: list[Span] = []
    over = ended_on + DAY if ended_on else None
    for version in sorted(signed, key=lambda one: (one.signed_at, one.number), reverse=True):
        if version.signed_at is None:
            continue
        first, last = first_day(version, version.signed_at), version.ends_on + DAY
        until = min(last, over) if over else last
        found.append((version, DateRange(first, max(first, until))))
        over = min(over, first) if over else first
    return found
