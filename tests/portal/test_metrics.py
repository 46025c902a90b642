"""Figures for machines: for who knows the token, true, and of nobody."""

import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed

from core import calendars
from core.tasks import load_holidays
from portal import worked
from portal.celery import app
from tests.factories.accounts import SecurityEventFactory, UserFactory
from tests.factories.core import OutgoingMailFactory
from tests.helpers import login

TOKEN = "a-token-of-this-test-alone"
ASKS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/openmetrics-text; version=1.0.0"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, settings):
    """The page as a machine reads it: every sample by its name and labels."""
    settings.METRICS_TOKEN = TOKEN

    def ask():
        text = client.get(reverse("metrics"), headers=ASKS).content.decode()
        samples = [sample for family in parsed(text) for sample in family.samples]
        return {(one.name, *sorted(one.labels.values())): one.value for one in samples}

    return ask


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}])
def test_who_does_not_know_the_token_finds_nothing(client, settings, headers):
    settings.METRICS_TOKEN = TOKEN
    assert client.get(reverse("metrics"), headers=headers).status_code == 404


def test_without_a_token_there_is_no_such_page(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get(reverse("metrics"), headers={"Authorization": "Bearer "}).status_code == 404


def test_mails_are_told_by_what_becomes_of_them(asked):
    now = timezone.now()
    OutgoingMailFactory(due_at=now - dt.timedelta(minutes=7))
    OutgoingMailFactory(due_at=now + dt.timedelta(hours=1))
    OutgoingMailFactory(state="failed")
    OutgoingMailFactory.create_batch(2, state="held")
    OutgoingMailFactory(state="sent", sent_at=now)
    told = asked()
    assert {state: told["leerpact_mails", state] for state in ("queued", "failed", "held")} == {
        "queued": 2,
        "failed": 1,
        "held": 2,
    }
    assert 420 <= told["leerpact_mail_oldest_due_seconds",] < 480
    assert told["leerpact_database_up",] == 1


def test_events_and_broker_are_told(asked):
    SecurityEventFactory(kind="wrong_password")
    told = asked()
    assert told["leerpact_security_events_week", "wrong_password"] == 1
    assert told["leerpact_broker_up",] == 1


def test_requests_are_counted_by_page_and_never_by_address(client, asked):
    user = UserFactory(email="canary@voorbeeld.test", last_name="Canarie")
    login(client, user)
    before = asked().get(("leerpact_requests_total", "200", "GET", "accounts:profile"), 0)
    client.get(reverse("accounts:profile"))
    client.get("/uitnodiging/Canary-token-000000000000/")
    client.get("/canary-niets/")
    client.generic("CANARY", "/over/")
    told = asked()
    assert told["leerpact_requests_total", "200", "GET", "accounts:profile"] == before + 1
    assert told["leerpact_request_seconds_count", "accounts:profile"] >= 1
    assert not [name for name in told if re.search("canar", " ".join(name), re.I)]


def test_tasks_are_counted_with_how_they_ended_and_how_long_they_took_and_waited(asked, monkeypatch):
    name = "core.load_holidays"
    before = asked()

    def more(*key):
        return asked().get(key, 0) - before.get(key, 0)

    load_holidays.apply()
    with monkeypatch.context() as patch:
        patch.setattr(calendars, "_FILE", Path("/nergens/vakanties.csv"))
        load_holidays.apply()
    load_holidays.apply(headers={worked.PUBLISHED: time.time() - 30})
    assert more("leerpact_tasks_total", name, "done") == 2
    assert more("leerpact_tasks_total", name, "failed") == 1
    assert more("leerpact_task_seconds_count", name) == 3
    assert more("leerpact_task_waited_seconds_count", name) == 1
    assert 30 <= more("leerpact_task_waited_seconds_sum", name) < 60


def test_oldest_message_that_no_worker_takes_is_told(asked):
    worked.broker().delete(worked.QUEUE)
    assert asked()["leerpact_broker_oldest_seconds",] == 0
    with app.connection_for_write() as line:
        for _turn in range(2):
            load_holidays.apply_async(connection=line)
            time.sleep(0.3)
    assert 0.6 <= asked()["leerpact_broker_oldest_seconds",] < 30
    assert asked()["leerpact_broker_messages",] == 2
    worked.broker().delete(worked.QUEUE)
    assert asked()["leerpact_broker_oldest_seconds",] == 0


def test_task_goes_on_without_the_broker(asked, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    worked.broker.cache_clear()
    try:
        assert load_holidays.apply().successful()
        told = asked()
    finally:
        worked.broker.cache_clear()
    assert told["leerpact_broker_up",] == 0
    assert ("leerpact_broker_oldest_seconds",) not in told


def test_workers_that_come_and_go_are_added_up_and_leave_no_heap_of_files(tmp_path):
    """gunicorn with two workers, each of which is killed once: nothing that was counted is lost, and no file is added."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN, "LOG_LEVEL": "ERROR"}
    own |= {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi"]
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"], cwd=django_settings.ROOT, env={**os.environ, **own}
    )

    def get(path):
        asking = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=ASKS)
        for _turn in range(200):
            with suppress(OSError), urllib.request.urlopen(asking, timeout=60) as answer:
                return answer.read().decode()
            time.sleep(0.1)
        raise AssertionError("no answer")

    def workers():
        listed = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in listed.stdout.split()]

    try:
        for _turn in range(20):
            get("/livez")
        for pid in workers():
            os.kill(pid, signal.SIGKILL)
        time.sleep(1)
        for _turn in range(20):
            get("/livez")
        told = {
            one.labels["page"]: one.value
            for family in parsed(get("/metrics"))
            for one in family.samples
            if one.name == "leerpact_requests_total"
        }
    finally:
        server.terminate()
        server.wait(20)
    assert told["livez"] == 40
    assert len({path.name.rpartition("_")[2] for path in tmp_path.glob("*.db")}) <= 2
