"""What can befall a server: it stops, a table is locked, its disk or memory is full. Each is over at the end of a block."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from tools.local import processes
from tools.local.servers import Servers

PIECE = 1024 * 1024
RESTARTED_WITHIN, DYING = 5.0, 0.5  # seconds
LOG_FILES = 3  # of 16 MB; those who use the portal for a minute write a few MB


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """This process and those it started do not run, and do not end: nobody hears anything of them."""
    everyone = [pid, *_children(pid)]
    for one in everyone:
        _tell(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in reversed(everyone):
            _tell(one, signal.SIGCONT)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _tell(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


@contextlib.contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """As a migration or a tool does that takes long."""
    with psycopg.connect(url) as connection:
        name = sql.Identifier(table)
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(name))
        yield
        connection.rollback()


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left on the disk of this folder."""
    heap = folder / "heap"
    descriptor = os.open(heap, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for size in (PIECE, 4096, 1):
            with contextlib.suppress(_Full):
                while True:
                    _write(descriptor, b"0" * size)
        yield
    finally:
        os.close(descriptor)
        heap.unlink()


class _Full(Exception):
    pass


def _write(descriptor: int, piece: bytes) -> None:
    try:
        if os.write(descriptor, piece) < len(piece):
            raise _Full
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _Full from error


@contextlib.contextmanager
def memory_full(server: redis.Redis) -> Iterator[None]:
    """A Valkey that takes nothing more: it answers, and says that it is full."""
    server.config_set("maxmemory-policy", "noeviction")
    server.config_set("maxmemory", "1mb")
    try:
        yield
    finally:
        server.config_set("maxmemory", "0")


@contextlib.contextmanager
def data_full(servers: Servers) -> Iterator[None]:
    """No room for rows; the log stands on that disk too, and has files for a while: `log_full` is the other trouble."""
    with servers.as_superuser() as connection:
        for _file in range(LOG_FILES):
            connection.execute("SELECT pg_logical_emit_message(true, 'drill', 'x')")
            connection.execute("SELECT pg_switch_wal()")
        connection.execute("CHECKPOINT")  # keeps what is behind it for later, under the next names
    with filled(servers.home):
        yield
    _runs_again(servers)


@contextlib.contextmanager
def log_full(servers: Servers) -> Iterator[None]:
    """A database without room for its log ends by itself. Afterwards it is started again, as a process manager does."""
    with filled(servers.home):
        with contextlib.suppress(psycopg.Error), servers.as_superuser() as connection:
            while True:
                connection.execute("SELECT pg_logical_emit_message(false, 'drill', repeat('x', 1000000))")
        yield
    _runs_again(servers)


def _runs_again(servers: Servers) -> None:
    """What ended is started, also where it ends only a moment after there is room again."""

    def answers() -> bool:
        servers.revive()
        with contextlib.suppress(psycopg.Error), servers.as_superuser() as connection:
            return bool(connection.execute("SELECT 1").fetchone())
        return False

    time.sleep(DYING)
    processes.wait_until(answers, RESTARTED_WITHIN)
