"""Figures about the portal for machines, in OpenMetrics: requests, tasks, and what waits. Nothing in them is of a person.

With several processes each writes its counts into a file below `PROMETHEUS_MULTIPROC_DIR` (`portal.gunicorn_conf`);
whichever of them is asked adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator

import redis
from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from accounts.models import SecurityEvent
from core import outbox
from core.models import OutgoingMail
from portal import worked

NO_PAGE = "none"  # an address that is no page of ours, or a request that no page was found for yet
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

answers = Counter("leerpact_requests", "Requests by page and answer.", ["page", "method", "status"])
seconds = Histogram(
    "leerpact_request_seconds", "How long an answer took, by page.", ["page"], buckets=BUCKETS
)
errors = Counter("leerpact_errors", "Our own mistakes, by whether someone was told.", ["where", "told"])


def note(request: HttpRequest, response: HttpResponse, took: float) -> None:
    """Count an answer. A page goes by its name: its address may hold names and tokens."""
    match = request.resolver_match
    page = match.view_name if match else NO_PAGE
    method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
    answers.labels(page, method, response.status_code).inc()
    seconds.labels(page).observe(took)


class Waiting(Collector):
    """What the database and the broker know at this moment; what cannot be asked is left out, and said to be down."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = [*self._mails(), *self._security()]
        except DatabaseError:
            yield GaugeMetricFamily("leerpact_database_up", "Whether the database answers.", 0)
        else:
            yield GaugeMetricFamily("leerpact_database_up", "Whether the database answers.", 1)
            yield from found
        yield from self._broker()

    @staticmethod
    def _mails() -> Iterator[GaugeMetricFamily]:
        state = OutgoingMail.State
        since = outbox.due_since()
        age = (timezone.now() - since).total_seconds() if since else 0.0
        yield GaugeMetricFamily(
            "leerpact_mail_oldest_due_seconds", "For how long the oldest mail is due that was not sent.", age
        )
        # Queued, failed and held have an index of their own; what was sent is not counted, it is all the rest.
        waiting = OutgoingMail.objects.filter(state=state.QUEUED).count()
        wrong = OutgoingMail.objects.filter(state__in=[state.FAILED, state.HELD])
        counted = dict(wrong.values_list("state").annotate(number=Count("pk")))
        mails = GaugeMetricFamily("leerpact_mails", "Mails that are not sent.", labels=["state"])
        for name, number in {state.FAILED: 0, state.HELD: 0, **counted, state.QUEUED: waiting}.items():
            mails.add_metric([str(name)], number)
        yield mails

    @staticmethod
    def _security() -> Iterator[GaugeMetricFamily]:
        events = GaugeMetricFamily(
            "leerpact_security_events_week", "Security events of the last seven days.", labels=["kind"]
        )
        for kind, number in SecurityEvent.objects.of_late().values_list("kind").annotate(number=Count("pk")):
            events.add_metric([kind], number)
        yield events

    @staticmethod
    def _broker() -> Iterator[Metric]:
        line = worked.broker()
        try:
            length, found, is_up = line.llen(worked.QUEUE), [*worked.figures(line)], 1
        except redis.RedisError:
            length, found, is_up = None, [], 0
        yield GaugeMetricFamily("leerpact_broker_up", "Whether the broker answers.", is_up)
        if length is not None:
            yield GaugeMetricFamily("leerpact_broker_messages", "Hints that no worker took yet.", length)
        yield from found


def registry() -> CollectorRegistry:
    """All of it, of all processes of this host."""
    whole = CollectorRegistry(auto_describe=False)
    if getattr(values.ValueClass, "_multiprocess", False):
        MultiProcessCollector(whole)
    else:
        whole.register(REGISTRY)
    whole.register(Waiting())
    return whole
