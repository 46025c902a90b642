"""What the machines share: a day to start from, sequences that leave nothing behind, and what counts as a divergence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Any, ClassVar, TypeVar

import time_machine
from django.core.exceptions import EmptyResultSet, ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from core.append_only import history_models
from core.dates import today

START = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)  # a Thursday, 10:00 local time
REFUSED = (ValidationError, PermissionDenied, ObjectDoesNotExist)  # a word, 403 and 404

Item = TypeVar("Item")
Question = tuple[str, list[Any], tuple[str, ...]]
NOTHING: Callable[..., None] = lambda **_said: None  # noqa: E731  a verb that does not do its work: for faults
NUMBER = st.integers(0, 11)
LAST_DAYS = (-7, 0, 0, 1, 4, 25)  # of a placement that ends early, from today
DAYS = st.sampled_from([1, 1, 2, 5, 13, 16, 40])
SELDOM = st.integers(0, 9).map(lambda number: number == 9)


class Divergence(AssertionError):
    """The portal did something else than the model says it should."""


class Machine(RuleBasedStateMachine):
    """One sequence on rows that are taken back at its end; `region` made what all sequences start from."""

    region: ClassVar[Any] = None
    done: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()
    sequences: ClassVar[int] = 0
    questions: ClassVar[dict[Hashable, Question]] = {}

    @classmethod
    def make_region(cls) -> Any:
        """The rows that every sequence starts from."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        type(self).sequences += 1
        self._stack = ExitStack()
        self._clock = self._stack.enter_context(time_machine.travel(START, tick=False))
        self._stack.enter_context(transaction.atomic())
        self._history = history_rows()
        self._acts = 0
        self._is_new = True  # something was written since the two were last compared

    @invariant()
    def both_are_the_same(self) -> None:
        """After whatever was done; what was refused is rolled back, and cannot have changed anything."""
        if self._is_new:
            self._is_new = False
            self.look()

    def look(self) -> None:
        """Compare all that the portal holds with the model."""
        raise NotImplementedError

    @property
    def is_fourth(self) -> bool:
        """Every fourth step, for what would otherwise happen all the time."""
        return self._acts % 4 == 3

    def teardown(self) -> None:
        """Whatever the sequence wrote is gone, whether or not it agreed."""
        transaction.set_rollback(True)
        self._stack.close()

    def act(self, name: str, expected: bool, verb: Callable[[], Item]) -> Item | None:
        """Do it as a page would: all of it or, refused with a word, nothing. Gives what was made, or None if refused."""
        self._acts += 1
        made = refusal = None
        try:
            with transaction.atomic():
                made = verb()
                at_commit()
        except REFUSED as refused:
            refusal = refused
        is_done = refusal is None
        self._is_new |= is_done
        (self.done if is_done else self.refused)[name] += 1
        if is_done != expected:
            said = "did it" if is_done else f"refused: {refusal!r}"
            raise Divergence(
                f"{name} on {today()}: the portal {said}, the model says {'yes' if expected else 'no'}"
            )
        self._look_at_history(grows=is_done)
        return made

    def _look_at_history(self, *, grows: bool) -> None:
        """History is only added to; what was done is in it, and what was refused is not."""
        before, self._history = self._history, history_rows()
        if self._history < before or (not grows and self._history != before):
            raise Divergence(f"history had {before} rows and now has {self._history}")

    def pks(self, about: Hashable, rows: Callable[[], Mapping[str, QuerySet[Any]]]) -> dict[str, set[int]]:
        """The keys of rows under several names, in one query.

        Its text is made once in a run for a day and what it is about: making it takes longer than asking it.
        """
        text, parameters, names = self._question(about, rows)
        found: dict[str, set[int]] = {name: set() for name in names}
        with connection.cursor() as cursor:
            cursor.execute(text, parameters)
            for name, pk in cursor.fetchall():
                found[name].add(pk)
        return found

    def _question(self, about: Hashable, rows: Callable[[], Mapping[str, QuerySet[Any]]]) -> Question:
        key = (today(), about)
        if key not in self.questions:
            parts, parameters, named = [], [], rows()
            for name, query in named.items():
                with suppress(EmptyResultSet):  # nobody can see anything that way
                    text, values = query.order_by().values("pk").query.sql_with_params()
                    parts.append(f"SELECT %s, seen.* FROM ({text}) seen")
                    parameters += [name, *values]
            self.questions[key] = " UNION ALL ".join(parts), parameters, tuple(named)
        return self.questions[key]

    def sleep(self, days: int, *jobs: Callable[[], object]) -> None:
        """So many days later, at the same hour, after the jobs of the last night."""
        self._clock.shift(dt.timedelta(days=days))
        self._is_new = True
        for job in jobs:
            job()
            at_commit()
        rows, self._history = self._history, history_rows()
        if self._history < rows:
            raise Divergence(f"history had {rows} rows and after the night {self._history}")

    @staticmethod
    def compare(what: str, portal: Any, model: Any) -> None:
        """Both must say the same."""
        if portal != model:
            raise Divergence(f"{what} on {today()}: the portal says {portal!r}, the model {model!r}")


def has(*names: str) -> Callable[[Any], Any]:
    """For a rule of a machine: only once its model has rows of that name."""
    return precondition(lambda self: all(getattr(self.model, name) for name in names))


def pick(items: Sequence[Item], number: int) -> Item:
    """One of the items, the newest first, so that a sequence goes on with what it just made."""
    return items[-1 - number % len(items)]


def at_commit() -> None:
    """What the database looks at when a transaction ends: a sequence never gets there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def history_rows() -> int:
    """How many rows stand in the tables that are only added to."""
    tables = [model._meta.db_table for model in history_models()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " + ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return int(cursor.fetchone()[0])
