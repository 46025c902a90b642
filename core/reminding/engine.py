"""Runs the reminders and sends what is due. Two runs side by side, or one after a crash, send nothing twice.

The ledger row and the mail are written in one transaction: both stand or neither. What a reminder yields is computed
just before, so that only people who can do the act at that moment hear of it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from core import jobs
from core.dates import AMSTERDAM
from core.models import SentReminder
from core.reminding import hours, ledger
from core.reminding.ladders import Calendar
from core.reminding.waiting import Item, Notice, Told, Waiting, gathered

if TYPE_CHECKING:
    from accounts.models import Person

logger = logging.getLogger(__name__)


class Reminder(Protocol):
    """What may be due. `waiting` is None when nothing is on that day."""

    kind: str

    def waiting(self, calendar: Calendar) -> Waiting | None: ...

    def send(self, person: Person, items: list[dict[str, Any]]) -> None: ...


Resting = Callable[[dt.date], Collection[int]]


def nobody(_day: dt.date) -> Collection[int]:
    """Everyone works."""
    return ()


def tick(reminders: Iterable[Reminder], now: dt.datetime | None = None, *, resting: Resting = nobody) -> int:
    """Called every quarter of an hour, in UTC: from seven in the morning until nine at night, send what the day asks."""
    moment = now or timezone.now()
    if hours.are_quiet(moment):
        return 0
    return run(reminders, timezone.localtime(moment, AMSTERDAM).date(), resting=resting)


def run(reminders: Iterable[Reminder], day: dt.date, *, resting: Resting = nobody) -> int:
    """Send what is due on a local day; returns the number of mails. Safe to repeat.

    `resting` says who is free that day though others are not: they hear of it on the next day, within the window.
    """
    calendar = Calendar.of(day)
    if day in calendar.holidays:
        return 0  # whatever asks for it; what was due comes on the next day
    free = resting(day)
    return sum(_run_one(reminder, calendar, free) for reminder in reminders)


def _run_one(reminder: Reminder, calendar: Calendar, free: Collection[int]) -> int:
    """A reminder that breaks is logged and comes again at the next tick; the others go on."""
    sent = 0
    try:
        waiting = reminder.waiting(calendar)
        if waiting is None:
            return 0
        for rows in waiting.batches():
            notices = gathered(_told(reminder, waiting, rows))
            sent += _delivered(reminder, [notice for notice in notices if notice.person.pk not in free])
    except Exception as error:
        logger.exception("Reminders of %s stopped", reminder.kind)
        jobs.part_broke(error)
    return sent


def _told(reminder: Reminder, waiting: Waiting, rows: list[Model]) -> list[Told]:
    """What is told of these rows; when one of them breaks it, each is asked alone and only that one is left out."""
    try:
        return list(waiting.tell(rows))
    except Exception:
        if not connection.is_usable():
            raise
        logger.exception("Reminders of %s are looked at one by one", reminder.kind)
    told: list[Told] = []
    for row in rows:
        try:
            told += list(waiting.tell([row]))
        except Exception as error:
            logger.exception("Reminder %s of row %s was not made", reminder.kind, row.pk)
            jobs.part_broke(error)
    return told


def _delivered(reminder: Reminder, batch: list[Notice]) -> int:
    """The batch; when the database refuses something of it, each notice for itself."""
    try:
        return deliver(reminder, batch)
    except DatabaseError:
        if not connection.is_usable():
            raise
        logger.exception("Reminders of %s are sent one by one", reminder.kind)
    sent = 0
    for notice in batch:
        try:
            sent += deliver(reminder, [notice])
        except DatabaseError as error:
            logger.exception("Reminder %s to person %s was refused", reminder.kind, notice.person.pk)
            jobs.part_broke(error)
    return sent


@transaction.atomic
def deliver(reminder: Reminder, batch: list[Notice]) -> int:
    """One batch in one transaction, in a fixed order, so that two runs wait for each other and never in a circle."""
    known = _known(reminder.kind, batch)
    return sum(
        _deliver_one(reminder, notice, known) for notice in sorted(batch, key=lambda notice: notice.person.pk)
    )


def _known(kind: str, batch: list[Notice]) -> set[tuple[str, int | None, str, dt.date]]:
    """What the ledger already has of this batch: later ticks of a day skip it without writing anything."""
    items = [item for notice in batch for item in notice.items]
    if not items:
        return set()
    return set(
        SentReminder.objects.filter(
            kind=kind,
            subject_key__in={item.subject for item in items},
            person__in={notice.person.pk for notice in batch},
        ).values_list("subject_key", "person_id", "step", "day")
    )


def _deliver_one(reminder: Reminder, notice: Notice, known: set[tuple[str, int | None, str, dt.date]]) -> int:
    """A mail that cannot be made must not hold up those of others: it is tried again at the next tick."""
    fresh = [
        item
        for item in sorted(notice.items, key=lambda item: item.subject)
        if (item.subject, notice.person.pk, item.step.name, item.step.day) not in known
    ]
    if not fresh:
        return 0
    try:
        with transaction.atomic():
            claimed = [item for item in fresh if _claim(reminder.kind, item, notice.person)]
            if claimed:
                reminder.send(notice.person, [item.words for item in claimed])
            return int(bool(claimed))
    except DatabaseError:
        raise  # the transaction is of no use any more
    except Exception as error:
        logger.exception("Reminder %s to person %s was not made", reminder.kind, notice.person.pk)
        jobs.part_broke(error)
        return 0


def _claim(kind: str, item: Item, person: Person) -> bool:
    return ledger.once(
        kind=kind, subject_key=item.subject, step=item.step.name, day=item.step.day, person_id=person.pk
    )
