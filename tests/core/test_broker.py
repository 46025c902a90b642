"""A word to the workers costs a visitor little, whatever the broker does."""

import os
import subprocess
import sys

from tests.silence import SilentServer
from tools.local.paths import ROOT

HINTS = """
import time
import django
django.setup()
from core import broker, tasks
for _turn in range(2):
    began = time.monotonic()
    broker.hint(tasks.deliver)
    print(time.monotonic() - began)
"""
WORKER = """
import django
django.setup()
from celery import signals
from portal.celery import app
before = app.conf.broker_transport_options["socket_timeout"]
signals.celeryd_init.send("w@here", instance=None, conf=app.conf, options={})
print(before, app.conf.broker_transport_options["socket_timeout"])
"""


def said_by(program: str, **environment: str) -> list[float]:
    """The numbers that a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [float(number) for number in done.stdout.split()]


def test_silent_broker_is_not_waited_for(socket_enabled):
    """A page may take three seconds in all; who comes next does not wait at all."""
    with SilentServer() as silent:
        first, second = said_by(HINTS, REDIS_URL=f"redis://127.0.0.1:{silent.port}/0")
        assert silent.asked > 0
    assert first < 1.7
    assert second < 0.1


def test_worker_waits_longer_than_its_own_question_for_work():
    """It asks the broker for work and is answered after a second when there is none."""
    others, workers = said_by(WORKER)
    assert (others, workers) == (0.5, 2)
