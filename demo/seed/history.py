"""The past of the demo's rows: when each was made, and how it came into its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

from django.utils import timezone

from accounts.models import Person
from core import changes, endings
from core.dates import local_day
from core.models import FieldChange, StateChange


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    """A moment of that day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@contextmanager
def made_at(moment: dt.datetime) -> Iterator[None]:
    """Inside it is this moment: for rows that note when they were made, and for services that ask what day it is.

    The class is replaced that `timezone.now` asks, since fields hold that function itself as their default.
    """

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Then:
            return cls.fromtimestamp(moment.timestamp(), tz)

    with mock.patch.object(timezone, "datetime", Then):
        yield


class History:
    """Collects changes as `core.states.advance` and `core.changes` would have recorded them, and writes them at once."""

    def __init__(self) -> None:
        self._changes: list[StateChange] = []
        self._fields: list[FieldChange] = []
        self._states: dict[tuple[str, int], str] = {}
        self._last: dict[tuple[str, int], StateChange] = {}

    def last(self, row: Any) -> StateChange:
        """The step of a row that was noted last: the cause of what follows from it."""
        return self._last[row._meta.label_lower, row.pk]

    def note(
        self,
        row: Any,
        action: str,
        moment: dt.datetime,
        by: Person | None,
        reason: str = "",
        *,
        cause: StateChange | None = None,
        before: str | None = None,
    ) -> None:
        """The next step of a row that began in its model's first state, or `before`; refuses what TRANSITIONS lacks."""
        key = (row._meta.label_lower, row.pk)
        before = self._states.get(key, before or row._meta.get_field("state").default)
        sources, target = row.TRANSITIONS[action]
        if before not in sources:
            raise ValueError(f"{key}: {action} is not possible from {before}")
        self._states[key] = target
        self._last[key] = StateChange(
            model=key[0],
            object_id=str(row.pk),
            action=action,
            from_state=str(before),
            to_state=str(target),
            by=by,
            at=moment,
            reason=reason,
            cause=cause,
        )
        self._changes.append(self._last[key])

    def ended(self, row: Any, moment: dt.datetime, by: Person, subject: UUID | None = None) -> None:
        """A row with days was ended at this moment, which makes that its last day; no end was planned."""
        row.ends_on, row.ended_at = local_day(moment), moment
        row.save(update_fields=["ends_on", "ended_at"])
        self._changes.append(
            StateChange(
                model=row._meta.label_lower,
                object_id=str(row.pk),
                action=endings.END,
                from_state="",
                to_state=row.ends_on.isoformat(),
                by=by,
                at=moment,
                subject=subject,
            )
        )

    def changed(
        self,
        row: Any,
        field: str,
        before: Any,
        moment: dt.datetime,
        by: Person | None,
        subject: UUID | None = None,
    ) -> None:
        """A field on record had another value until then."""
        self._fields.append(
            FieldChange(
                model=row._meta.label_lower,
                object_id=str(row.pk),
                field=field,
                before=before,
                after=changes.stored(row)[field],
                by=by,
                at=moment,
                subject=subject,
            )
        )

    def save(self) -> None:
        """Write what was noted, in the order of time; a cause is there before what it caused."""
        batch: list[StateChange] = []
        for change in sorted(self._changes, key=lambda change: (change.at, self._depth(change))):
            if change.cause is not None and change.cause.pk is None:
                StateChange.objects.bulk_create(batch)
                batch = []
            batch.append(change)
        StateChange.objects.bulk_create(batch)
        FieldChange.objects.bulk_create(sorted(self._fields, key=lambda change: change.at))

    def _depth(self, change: StateChange) -> int:
        return 0 if change.cause is None else 1 + self._depth(change.cause)
