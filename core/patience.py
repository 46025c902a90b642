"""How long a statement may take while someone waits for a page; workers and commands may take their time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_seconds: ContextVar[float | None] = ContextVar("patience", default=None)
_waited: ContextVar[float] = ContextVar("waited", default=0.0)
LEAST = 0.5  # seconds that an answer of the database may take, however long one waited for one's turn


def seconds() -> float | None:
    """The most that one statement, or one new connection, may take; None for as long as it takes."""
    return _seconds.get()


def left() -> float | None:
    """What remains of that for who has waited for a turn already."""
    most = _seconds.get()
    return None if most is None else max(min(most, LEAST), most - _waited.get())


def waited() -> float:
    """For how many seconds this request waited until a thread took it up."""
    return _waited.get()


def note_wait(seconds: float) -> None:
    """Said by whoever hands requests to threads, before each one."""
    _waited.set(seconds)


@contextmanager
def at_most(seconds: float | None, *, waited: float = 0.0) -> Iterator[None]:
    """Whatever is asked of the database within takes no longer for each statement; `waited` goes off that."""
    tokens = _seconds.set(seconds), _waited.set(waited)
    try:
        yield
    finally:
        _seconds.reset(tokens[0])
        _waited.reset(tokens[1])
