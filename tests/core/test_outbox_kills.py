"""Workers killed in the middle of their work: nothing lost, and what comes twice is known to be the same mail (R3)."""

import os
import random
import signal
import time
from collections import Counter

import pytest
from django.db import connection

from core import outbox
from core.models import OutgoingMail
from tests.factories.core import OutgoingMailFactory

MAILS, WORKERS, KILLS = 60, 3, 12


def work_until_killed():
    """What a Celery worker does, without Celery: its own process and connection."""
    pid = os.fork()
    if pid:
        return pid
    try:
        while True:
            outbox.deliver_due(run_seconds=1)
            time.sleep(0.02)
    finally:
        os._exit(1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_killed_workers_lose_no_mail(smtp, monkeypatch):
    seconds = outbox.dt.timedelta(seconds=1)
    for name in ("LEASE", "SERVER_DOWN"):
        monkeypatch.setattr(outbox, name, seconds * 0.2)
    monkeypatch.setattr(outbox, "BATCH", 5)
    smtp.pause = 0.004
    chance = random.Random(4)
    mails = OutgoingMailFactory.create_batch(MAILS)
    connection.close()  # a forked process must not share it
    workers = [work_until_killed() for _turn in range(WORKERS)]
    try:
        for _turn in range(KILLS):
            time.sleep(chance.uniform(0.02, 0.08))
            victim = workers.pop(chance.randrange(WORKERS))
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            connection.close()
            workers.append(work_until_killed())
        deadline = time.monotonic() + 20
        while OutgoingMail.objects.exclude(state="sent").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
    received = Counter(smtp.ids)
    assert set(received) == {mail.message_id for mail in mails}
    # Each kill can repeat one mail at most, with the same Message-ID.
    assert sum(received.values()) - MAILS <= KILLS
