"""What a portal in use leaves behind: sessions, mails, the ledger of reminders, history, and who read of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent
from benchmarks.loading import NOW
from benchmarks.world import COHORTS, GOALS, PER_COHORT, PER_PARTNERSHIP, World
from core.models import FieldChange, OutgoingMail, ReadLog, SentReminder, StateChange

MAILS = REMINDERS = 7  # of a student: two million of each in the country
READS, EVENTS, PERSONAL = 4, 3, 2
DAYS = 700  # over which it all happened
BODY = (
    "Dag,\n\nHet leerdoel hieronder moet over een week klaar zijn. Open Leerpact om het in te leveren.\n\n"
    * 2
)


def fill(world: World) -> None:
    sessions(world)
    mails(world)
    reminders(world)
    history(world)
    reads(world)


def _day(world: World, number: int) -> dt.date:
    return world.day - dt.timedelta(days=1 + number * 7919 % DAYS)


def _at(number: int) -> dt.datetime:
    return NOW - dt.timedelta(minutes=60 + number * 104_729 % (DAYS * 1440))


def sessions(world: World) -> None:
    """Of every third student."""
    some = range(1, world.count + 1, 3)
    expire = NOW + dt.timedelta(days=10)
    world.loader.load(
        Session,
        ["session_key", "session_data", "expire_date"],
        ((f"bench{n:027d}", "x" * 160, expire) for n in some),
    )
    world.loader.load(
        UserSession,
        ["user_id", "session_key", "created_at", "ip", "last_seen_at", "user_agent", "data"],
        ((n, f"bench{n:027d}", _at(n), "127.0.0.1", _at(n), "Mozilla/5.0", {}) for n in some),
    )


def mails(world: World) -> None:
    """All were sent, but for one of a thousand that waits."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(1, world.count * MAILS + 1):
            student, at = (number - 1) // MAILS + 1, _at(number)
            sent = number % 1_000 != 0
            yield (
                number, "students.goal_due", student, f"mens{student}@bench.example", "Een leerdoel", BODY, "nl",
                f"<{number}@bench.example>", "sent" if sent else "queued", at, at if sent else NOW + dt.timedelta(days=1),
                at if sent else None,
            )  # fmt: skip

    columns = ["id", "kind", "person_id", "to_email", "subject", "body", "language", "message_id", "state",
               "created_at", "due_at", "sent_at"]  # fmt: skip
    world.loader.load(OutgoingMail, columns, rows())


def reminders(world: World) -> None:
    rows = range(1, world.count * REMINDERS + 1)
    world.loader.load(
        SentReminder,
        ["kind", "subject_key", "person_id", "step", "day", "at"],
        (
            ("goal_due", f"goal:{(n - 1) // REMINDERS * GOALS + n % GOALS + 1}", (n - 1) // REMINDERS + 1, f"day-{n % 8}",
             _day(world, n), _at(n))
            for n in rows
        ),
    )  # fmt: skip


def history(world: World) -> None:
    """How each goal was agreed, and what changed of students."""
    world.loader.load(
        StateChange,
        ["model", "object_id", "action", "from_state", "to_state", "by_id", "at"],
        (
            ("students.goal", str(g), "agree", "proposed", "agreed", (g - 1) // GOALS + 1, _at(g))
            for g in range(1, world.count * GOALS + 1)
        ),
    )
    world.loader.load(
        FieldChange,
        ["model", "object_id", "field", "before", "after", "by_id", "at"],
        (
            ("students.student", str((n - 1) // PERSONAL + 1), "town", "Almere", "Lelystad", (n - 1) // PERSONAL + 1, _at(n))
            for n in range(1, world.count * PERSONAL + 1)
        ),
    )  # fmt: skip
    world.loader.load(
        SecurityEvent,
        ["person_id", "kind", "at"],
        (((n - 1) // EVENTS + 1, SecurityKind.SIGNED_IN, _at(n)) for n in range(1, world.count * EVENTS + 1)),
    )


def reads(world: World) -> None:
    """The teacher of each student saw the list, on some days."""
    from accounts.models import Person  # noqa: PLC0415 - only its key is of use here

    subjects = list(Person.objects.filter(pk__lte=world.count).values_list("pk", "public_id"))

    def rows() -> Iterator[tuple[Any, ...]]:
        for person, subject in subjects:
            partnership, number = divmod(person - 1, PER_PARTNERSHIP)
            teacher = world.staff(partnership + 1, 1 + number // PER_COHORT % COHORTS)
            for n in range(READS):
                yield subject, world.day - dt.timedelta(days=1 + person % 50 + 50 * n), teacher, "list"

    world.loader.load(ReadLog, ["subject", "read_on", "reader_id", "kind"], rows())
