"""Connections that do not wait for ever while someone waits for a page.

A server that is stopped keeps its connections, acknowledges what is sent and answers no time-out of its own; no keepalive
ends such a wait, only a clock here. A wait for a lock ends by the server's own time-outs, so that it gives up as well.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout

from core import patience
from core.rest import Rest

# Once a server was silent, whoever comes within this second hears at once that it is away.
_rest = Rest(1.0)
SILENT = "the database was silent a moment ago"
# Statements that a connection keeps: the pages have some hundreds, psycopg keeps one hundred.
MOST_PREPARED = 500
# Of the patience, after which a server that is there gives up a statement: who waited longer knows that it is silent. Who
# has less left, since they waited for a turn, learns nothing of it.
GIVES_UP = 0.9
INTERVAL = 0.1  # seconds between looks at what else happens, as psycopg has it


class PatientConnection(psycopg.Connection[Any]):
    """One whose waits end with `core.patience`; after that it is closed, since what it would answer next is unknown."""

    def wait(self, gen: PQGen[Any], interval: float = INTERVAL, timeout: float | None = None) -> Any:
        seconds = patience.left()
        if seconds is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        if not seconds or _rest.is_on():
            self.pgconn.finish()
            raise psycopg.OperationalError(SILENT)
        try:
            answer = super().wait(gen, interval, seconds)
        except _WaitTimeout:
            self.pgconn.finish()
            patience.end()
            if seconds > GIVES_UP * (patience.seconds() or 0):
                _rest.failed()
            raise psycopg.OperationalError(f"no answer within {seconds:g} s") from None
        _rest.answered()
        return answer


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with such connections."""

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # of Django, not in its types
        patience.note_commit()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        seconds = patience.seconds()
        if seconds is not None:
            if not patience.left() or _rest.is_on():
                raise OperationalError(SILENT)
            conn_params = _with_ends(conn_params, seconds)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        try:
            connection = PatientConnection.connect(**conn_params)
        except psycopg.OperationalError:
            if seconds is not None:
                patience.end()
                _rest.failed()
            raise
        _rest.answered()
        connection.prepared_max = MOST_PREPARED
        return connection


def _with_ends(conn_params: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The same for a connection that pages use: the server ends a statement that takes longer, and a wait for a lock sooner.

    A little sooner than we do, so that an answer in words comes first.
    """
    statement, lock = round(seconds * 1000 * GIVES_UP), round(seconds * 800)
    ends = f"-c statement_timeout={statement} -c lock_timeout={lock}"
    options = f"{conn_params.get('options', '')} {ends}".strip()
    return conn_params | {"options": options, "connect_timeout": min(2, int(conn_params["connect_timeout"]))}
