"""Our own mistakes: told where a setting says so, said only when it was told, and with nothing about anybody."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import sentry_sdk
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import jobs
from core.models import Job
from portal import reports
from portal.celery import app
from portal.tasks import send_reminders
from tests.factories.accounts import UserFactory
from tests.helpers import login
from tests.silence import SilentServer

LONGEST = 2.5  # seconds, as an answer of the database may take
CANARIES = ("canary@voorbeeld.test", "Canarie", "Canary-token-00000000", "canary-wachtwoord")
TOLD, TELL_US = "We hebben een melding gekregen.", "Blijft het zo?"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_told():
    reports._told.clear()
    reports._pause["until"] = 0.0


@pytest.fixture
def broken(monkeypatch):
    """A page that breaks with words in the error, asked by someone with a name: what it answers."""

    def fail(*_arguments, **_named):
        secret = CANARIES[3]
        raise ValueError(f"{CANARIES[0]} {CANARIES[1]} {secret}")

    monkeypatch.setattr("portal.views.preferences.django_set_language", fail)
    client = Client(raise_request_exception=False)
    login(client, UserFactory(email=CANARIES[0], last_name=CANARIES[1]))

    def ask():
        form = {"language": "en", "next": f"/uitnodiging/{CANARIES[2]}/", "password": CANARIES[3]}
        answer = client.post(f"/taal/?token={CANARIES[2]}", form, headers={"X-Request-ID": "abcdefgh"})
        assert answer.status_code == 500
        return answer.content.decode()

    return ask


def test_nobody_is_told_and_the_page_does_not_say_so(broken):
    page = broken()
    assert (TOLD in page, TELL_US in page, "help@operator.example" in page) == (False, True, True)


def test_mail_says_where_and_nothing_about_anybody(broken, settings):
    settings.ERRORS_TO = ["ops@operator.example"]
    page = broken()
    assert (TOLD in page, TELL_US in page) == (True, False)
    report = mail.outbox[0]
    assert report.to == ["ops@operator.example"]
    assert report.subject == "Leerpact: ValueError in set-language"
    assert "request abcdefgh" in report.body
    assert "in fail" in report.body
    assert [word for word in CANARIES if word in str(report.message())] == []


def test_same_mistake_is_mailed_once_an_hour_and_stays_told(broken, settings):
    settings.ERRORS_TO = ["ops@operator.example"]
    assert all(TOLD in broken() for _turn in range(3))
    assert len(mail.outbox) == 1


def test_mail_that_does_not_go_is_not_said_to_have_gone(broken, settings):
    settings.ERRORS_TO = ["ops@operator.example"]
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert TOLD not in broken()


def test_nobody_waits_long_while_the_mail_server_is_silent(settings, rf):
    """Pages that break at the same moment are all answered; nobody stands behind another's report, and each tries once."""
    settings.ERRORS_TO = ["ops@operator.example"]
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"

    def tell(number: int) -> tuple[bool, float]:
        error = type(f"Mistake{number}", (ValueError,), {})()
        began = time.monotonic()
        return reports.tell(error, "home"), time.monotonic() - began

    with SilentServer() as server, ThreadPoolExecutor(8) as pool:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        seen = [*pool.map(tell, range(8)), tell(9)]
        assert server.asked == 1
    assert not any(is_told for is_told, _took in seen)
    assert max(took for _is_told, took in seen) < LONGEST


class Sentry:
    """Takes what is told, and answers as the test says."""

    status = 200
    taken: list[bytes] = []


def answering(environ, start_response):
    Sentry.taken.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response(f"{Sentry.status} Said", [])
    return []


class Quiet(WSGIRequestHandler):
    log_message = staticmethod(lambda *_arguments: None)


@pytest.fixture
def sentry(settings, monkeypatch):
    monkeypatch.setattr(Sentry, "taken", [])
    server = make_server("127.0.0.1", 0, answering, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SENTRY_DSN = f"http://key.test@127.0.0.1:{server.server_port}/1"
    reports.begin()
    yield Sentry
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()
    thread.join()


def plain(body):
    import gzip  # noqa: PLC0415

    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def test_sentry_is_told_where_and_nothing_about_anybody(broken, sentry):
    assert TOLD in broken()
    text = plain(sentry.taken[0])
    event = json.loads(text.splitlines()[2])
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["tags"] == {"where": "set-language", "request": "abcdefgh"}
    assert [word for word in CANARIES if word in text] == []
    assert {"user", "request", "breadcrumbs", "extra"} & set(event) == set()


def test_sentry_that_refuses_was_not_told(broken, sentry, monkeypatch):
    monkeypatch.setattr(Sentry, "status", 500)
    assert TOLD not in broken()


def test_task_that_breaks_is_told_too(settings):
    settings.ERRORS_TO = ["ops@operator.example"]

    @app.task(name="tests.breaks")
    def breaks():
        raise ZeroDivisionError(CANARIES[0])

    breaks.apply()
    assert mail.outbox[0].subject == "Leerpact: ZeroDivisionError in tests.breaks"
    assert CANARIES[0] not in str(mail.outbox[0].message())


class Broken:
    kind = "broken"

    def waiting(self, calendar):
        raise ValueError(CANARIES[0])


def test_reminder_that_breaks_is_told_to_operators_and_on_the_first_page_of_administrators(
    client, settings, monkeypatch
):
    settings.ERRORS_TO = ["ops@operator.example"]
    monkeypatch.setattr("portal.tasks.REMINDERS", [Broken(), Broken()])
    with time_machine.travel("2026-11-26 09:00+01:00", tick=False):
        send_reminders.apply()
    assert [report.subject for report in mail.outbox] == ["Leerpact: ValueError in portal.send_reminders"]
    assert "in waiting" in mail.outbox[0].body
    assert CANARIES[0] not in str(mail.outbox[0].message())
    login(client, UserFactory(is_staff=True))
    page = client.get(reverse("administration")).content.decode()
    assert "(ValueError)" in page


def test_command_by_the_clock_that_breaks_is_told_too(settings):
    settings.ERRORS_TO = ["ops@operator.example"]
    with pytest.raises(ZeroDivisionError), jobs.noted("retain"):
        raise ZeroDivisionError(CANARIES[0])
    assert mail.outbox[0].subject == "Leerpact: ZeroDivisionError in retain"
    assert Job.objects.get().fault == "ZeroDivisionError"
