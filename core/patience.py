"""How long a statement may take while someone waits for a page; workers and commands may take their time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LEAST = 0.5  # seconds that an answer of the database may take, however long one waited for one's turn


@dataclass
class _Patience:
    """Of one request."""

    seconds: float | None
    waited: float = 0.0
    is_over: bool = False
    has_committed: bool = False


_of_request: ContextVar[_Patience] = ContextVar("patience")
_turn: ContextVar[float] = ContextVar("turn", default=0.0)


def seconds() -> float | None:
    """The most that one statement, or one new connection, may take; None for as long as it takes."""
    patience = _of_request.get(None)
    return patience.seconds if patience else None


def left() -> float | None:
    """What remains of that for who has waited for a turn already; nothing for who waited in vain before."""
    patience = _of_request.get(None)
    if patience is None or patience.seconds is None:
        return None
    most = patience.seconds
    return 0.0 if patience.is_over else max(min(most, LEAST), most - patience.waited)


def end() -> None:
    """An answer did not come in time: this request asks no more."""
    if patience := _of_request.get(None):
        patience.is_over = True


def note_commit() -> None:
    """Said by a connection: what this request asked for is kept, whatever happens to the rest of it."""
    if patience := _of_request.get(None):
        patience.has_committed = True


def has_committed() -> bool:
    """Whether this request may have had something kept."""
    patience = _of_request.get(None)
    return patience is not None and patience.has_committed


def waited() -> float:
    """For how many seconds this request waited until a thread took it up."""
    patience = _of_request.get(None)
    return patience.waited if patience else _turn.get()


def note_wait(seconds: float) -> None:
    """Said by whoever hands requests to threads, before each one."""
    _turn.set(seconds)


@contextmanager
def at_most(seconds: float | None, *, waited: float = 0.0) -> Iterator[None]:
    """Whatever is asked of the database within takes no longer for each statement; `waited` goes off that."""
    token = _of_request.set(_Patience(seconds, waited))
    try:
        yield
    finally:
        _of_request.reset(token)
