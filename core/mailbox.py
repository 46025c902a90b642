"""The mailbox to which reports of delivery come, read by IMAP with a time-out on every answer."""

from __future__ import annotations

import imaplib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from core.reports import MOST_READ, Outcome, take

SILENCE = 15.0  # seconds without an answer
RUN_SECONDS = 60.0
MOST_AT_ONCE = 500


class MailboxAway(Exception):
    """The mail server cannot be reached, does not let us in, or breaks off. What was done stays done."""


def read_reports(url: str, *, dry_run: bool = False, run_seconds: float = RUN_SECONDS) -> Counter[Outcome]:
    """Take what is unread in the mailbox at `url` (imaps://account:password@host/folder); gives how many of each outcome.

    A message is marked read once what it says has been written: whoever dies in between reads it again.
    """
    stop_at = time.monotonic() + run_seconds
    found: Counter[Outcome] = Counter()
    try:
        with _opened(url) as box:
            for number in _unread(box)[:MOST_AT_ONCE]:
                outcome = take(_start_of(box, number), dry_run=dry_run)
                found[outcome] += 1
                if not dry_run and outcome != Outcome.BUSY:
                    _answer(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
                if time.monotonic() > stop_at:
                    break
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxAway(f"{type(error).__name__}: {error}") from error
    return found


@contextmanager
def _opened(url: str) -> Iterator[imaplib.IMAP4]:
    """A connection that ends, whatever the server does about that."""
    where = urlsplit(url)
    is_safe = where.scheme == "imaps"
    make = imaplib.IMAP4_SSL if is_safe else imaplib.IMAP4
    box = make(where.hostname or "", where.port or (993 if is_safe else 143), timeout=SILENCE)
    try:
        box.login(unquote(where.username or ""), unquote(where.password or ""))
        folder = unquote(where.path.lstrip("/")) or "INBOX"
        _answer(box.select(f'"{folder}"'))
        yield box
        box.logout()
    finally:
        with suppress(OSError):
            box.shutdown()


def _answer(said: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, data = said
    if kind != "OK":
        raise imaplib.IMAP4.error(f"the server says {kind}")
    return data


def _unread(box: imaplib.IMAP4) -> list[str]:
    data = _answer(box.uid("SEARCH", "UNSEEN"))
    return data[0].decode().split() if data and isinstance(data[0], bytes) else []


def _start_of(box: imaplib.IMAP4, number: str) -> bytes:
    """As much of a message as is read, however large it is, without marking it."""
    data = _answer(box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_READ}>)"))
    return next((part[1] for part in data if isinstance(part, tuple)), b"")
