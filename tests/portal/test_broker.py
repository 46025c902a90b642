"""Work that comes by Valkey."""

import time
import uuid
from types import SimpleNamespace

import pytest
import redis
from celery import signals
from django.conf import settings
from kombu import Connection, Consumer, Queue
from kombu.transport import redis as transport

import portal.celery  # noqa: F401 - it listens to a worker that starts

SILENT = 0.6  # seconds: less than anyone else here waits for Valkey


@pytest.fixture
def as_worker(monkeypatch):
    """As a worker that starts."""
    monkeypatch.setattr(transport.Channel, "QoS", transport.QoS)
    signals.celeryd_init.send(sender="worker", conf=SimpleNamespace(broker_transport_options={}))


def test_worker_goes_on_when_valkey_did_not_hear_that_work_was_done(as_worker):
    url, queue, taken = settings.CELERY_BROKER_URL, Queue(f"test-{uuid.uuid4()}"), []
    with Connection(url, transport_options={"socket_timeout": 0.2, "retry_on_timeout": False}) as connection:
        channel = connection.channel()
        channel.basic_qos(0, 1, False)
        queue = queue(channel)
        queue.declare()
        for number in range(2):
            channel.Producer().publish({"number": number}, routing_key=queue.name)
        with Consumer(channel, [queue], callbacks=[lambda _body, message: taken.append(message)]):
            connection.drain_events(timeout=5)
            redis.Redis.from_url(url).execute_command("CLIENT", "PAUSE", int(SILENT * 1000), "ALL")
            with pytest.raises(redis.exceptions.TimeoutError):
                taken[0].ack()
            time.sleep(SILENT)
            connection.drain_events(timeout=5)
            taken[1].ack()
        queue.delete()
    assert [message.payload["number"] for message in taken] == [0, 1]
