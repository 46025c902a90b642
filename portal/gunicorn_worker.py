"""gunicorn's worker with threads, which also notes how long a request waited until a thread took it up."""

from __future__ import annotations

import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # it has no types

from core import patience


class TurnWorker(ThreadWorker):
    """All connections are taken at once and wait in a row; `WEB_QUEUE` is held against how long they stood in it."""

    def enqueue_req(self, conn: Any) -> None:
        conn.waits_since = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        patience.note_wait(time.monotonic() - conn.waits_since)
        return super().handle(conn)
