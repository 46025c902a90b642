"""How long a statement may take while someone waits for a page; workers and commands may take their time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_seconds: ContextVar[float | None] = ContextVar("patience", default=None)


def seconds() -> float | None:
    """The most that one statement, or one new connection, may take; None for as long as it takes."""
    return _seconds.get()


@contextmanager
def at_most(seconds: float | None) -> Iterator[None]:
    """Whatever is asked of the database within takes no longer for each statement."""
    token = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(token)
