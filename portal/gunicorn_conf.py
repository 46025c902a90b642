"""gunicorn in production: `gunicorn -c python:portal.gunicorn_conf portal.wsgi`; the command line may override all.

No access log: it would hold addresses of people. `portal.middleware` logs a line a request without them.
"""

import os
import sys
from pathlib import Path
from typing import Any

# Each worker counts in files of its own (portal.metrics). They go by a number that a worker hands on to the one that
# takes its place, which counts on: one file for each that ever ran would be thousands.
counts = Path(__file__).parent.parent / "var/metrics"


def on_starting(_server: Any) -> None:
    """Nothing is left of the last time: what counts begins at nought."""
    folder = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(counts)))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.glob("*.db"):
        path.unlink()


def pre_fork(server: Any, worker: Any) -> None:
    """The lowest number that no other has."""
    taken = {other.counts_as for other in server.WORKERS.values()}
    worker.counts_as = next(number for number in range(len(taken) + 1) if number not in taken)


def post_fork(_server: Any, worker: Any) -> None:
    """Before the portal is imported, which makes the first counter."""
    from prometheus_client import values  # noqa: PLC0415 - it looks at the environment when it is imported

    values.ValueClass = values.MultiProcessValue(lambda: worker.counts_as)
    # Threads that take turns two hundred times a second, as usual, lose a tenth of a processor with that when it is busy.
    sys.setswitchinterval(0.02)


worker_class = "portal.gunicorn_worker.TurnWorker"
workers = 2
threads = 4
max_requests = 100_000  # a new worker begins with an empty memory: every query is written and planned anew
max_requests_jitter = 10_000
graceful_timeout = 20
control_socket_disable = True
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "portal.logs.PrivateFilter"}},
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["private"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []}},
}
