"""A server that does not answer is left alone, and tried again by one at a time."""

from core import mail, rest
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

    monkeypatch.setattr(mail, "_broker_rest", Rest(30.0))
    monkeypatch.setattr(mail.tasks.deliver, "apply_async", refuse)
    mail._wake()
    mail._wake()
    assert len(asked) == 1
    assert caplog.text.count("Broker not reached") == 1
