"""A server that does not answer is left alone, and tried again by one at a time."""

import socket

from django.core.cache import cache

from core import broker, mail, rest
from core.rest import Rest


def test_rest_begins_with_a_failure_and_ends_with_an_answer(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(rest.time, "monotonic", lambda: now[0])
    server = Rest(10.0)
    assert not server.is_on()
    server.failed()
    assert server.is_on()
    now[0] += 10.0
    assert not server.is_on()  # this one tries
    assert server.is_on()  # the others rest on meanwhile
    now[0] += 10.0
    assert not server.is_on()
    server.answered()
    assert not server.is_on()


def test_broker_that_fails_is_not_asked_for_every_mail(monkeypatch, caplog):
    asked = []

    def refuse(**options):
        asked.append(options)
        raise ConnectionError

    monkeypatch.setattr(mail.tasks.deliver, "apply_async", refuse)
    mail._wake()
    mail._wake()
    assert len(asked) == 1
    assert caplog.text.count("Broker not reached") == 1


def test_a_silent_server_is_found_out_once_for_cache_and_broker(settings, monkeypatch, socket_enabled):
    """They are one server: who waited for the cache does not wait for the broker as well."""
    asked = []
    monkeypatch.setattr(mail.tasks.deliver, "apply_async", lambda **options: asked.append(options))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"redis://:secret@127.0.0.1:{silent.getsockname()[1]}"
        settings.CELERY_BROKER_URL = f"{where}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"{where}/1"}}
        assert cache.get("anything") is None
        broker.hint(mail.tasks.deliver)
        cache.close()
    assert asked == []
