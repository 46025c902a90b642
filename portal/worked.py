"""What the workers did, in figures: they count in the broker, and whichever web host is asked for figures reads them there.

So workers need no port and no files, and those of all hosts are added up. When the broker is emptied the figures begin at
nought again, as counters do.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import redis
from celery import Task, signals
from django.conf import settings
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

KEY = "leerpact:worked"
QUEUE = "celery"
PUBLISHED = "published_at"  # a header of each message
BUCKETS = (0.1, 0.5, 1.0, 5.0, 20.0, 60.0, 300.0)
TOOK, WAITED = "took", "waited"
NAMES = {
    TOOK: ("leerpact_task_seconds", "How long a task took."),
    WAITED: ("leerpact_task_waited_seconds", "For how long a task waited for a worker."),
}
_begun: dict[str, float] = {}  # tasks that this process does, by their id


@cache
def broker() -> redis.Redis:
    """The connection of this process."""
    return redis.Redis.from_url(settings.CELERY_BROKER_URL, **settings.VALKEY_WAITS)


@signals.before_task_publish.connect(dispatch_uid="portal.worked.published")
def _published(headers: dict[str, Any] | None = None, **_more: Any) -> None:
    if headers is not None:
        headers[PUBLISHED] = time.time()


@signals.task_prerun.connect(dispatch_uid="portal.worked.begun")
def _begins(task_id: str, task: Task, **_more: Any) -> None:
    _begun[task_id] = time.monotonic()
    since = task.request.get(PUBLISHED) or (task.request.headers or {}).get(PUBLISHED)
    if since is not None:
        _count(task.name, WAITED, max(0.0, time.time() - since))


@signals.task_postrun.connect(dispatch_uid="portal.worked.ended")
def _ends(task_id: str, task: Task, **_more: Any) -> None:
    if (since := _begun.pop(task_id, None)) is not None:
        _count(task.name, TOOK, time.monotonic() - since)


@signals.task_success.connect(dispatch_uid="portal.worked.done")
def _done(sender: Task, **_more: Any) -> None:
    _count(sender.name, "done")


@signals.task_failure.connect(dispatch_uid="portal.worked.failed")
def _failed(sender: Task, **_more: Any) -> None:
    """Also of a process that was killed: the worker above it says so."""
    _count(sender.name, "failed")


def _count(task: str, what: str, seconds: float | None = None) -> None:
    """One more; without the broker nothing is counted, and no work suffers."""
    with suppress(redis.RedisError), broker().pipeline(transaction=False) as line:
        if seconds is None:
            line.hincrby(KEY, f"{task}|{what}", 1)
        else:
            above = next((str(one) for one in BUCKETS if seconds <= one), "+Inf")
            line.hincrby(KEY, f"{task}|{what}|{above}", 1)
            line.hincrbyfloat(KEY, f"{task}|{what}|sum", seconds)
        line.execute()


def figures(line: redis.Redis) -> Iterator[Metric]:
    """All that was counted, and since when the oldest message waits. Raises what the broker does when it is away."""
    counted = {name.decode(): float(value) for name, value in line.hgetall(KEY).items()}  # type: ignore[union-attr]  # no asyncio here
    tasks = sorted({name.partition("|")[0] for name in counted})
    ended = CounterMetricFamily("leerpact_tasks", "Tasks that ended, by how.", labels=["task", "outcome"])
    for task in tasks:
        for outcome in ("done", "failed"):
            ended.add_metric([task, outcome], counted.get(f"{task}|{outcome}", 0))
    yield ended
    for what, (name, says) in NAMES.items():
        family = HistogramMetricFamily(name, says, labels=["task"])
        for task in tasks:
            family.add_metric([task], *_histogram(counted, f"{task}|{what}"))
        yield family
    oldest = line.lindex(QUEUE, -1)
    age = _age(oldest) if oldest else 0.0  # type: ignore[arg-type]  # nor here
    yield GaugeMetricFamily(
        "leerpact_broker_oldest_seconds", "For how long the oldest hint waits for a worker.", age
    )


def _histogram(counted: dict[str, float], name: str) -> tuple[list[tuple[str, float]], float]:
    """Each bucket holds those below it as well."""
    buckets, number = [], 0.0
    for above in (*map(str, BUCKETS), "+Inf"):
        number += counted.get(f"{name}|{above}", 0)
        buckets.append((above, number))
    return buckets, counted.get(f"{name}|sum", 0)


def _age(message: bytes) -> float:
    """Since it was put there; one of another sender says nothing of that."""
    with suppress(ValueError, KeyError, TypeError):
        return max(0.0, time.time() - json.loads(message)["headers"][PUBLISHED])
    return 0.0
