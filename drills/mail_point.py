"""One mail, one fault at one point of its way, and a healthy worker after it: a process of the drill `mail_points`.

A child does the work and dies where it is told to; this process looks on, lets the lease run out and sends what is left.
It prints how often the mail server had the mail whole.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import django

SILENCE = 0.5  # seconds that a worker waits for the mail server here


def main() -> None:
    """By `python -c "from drills import mail_point; mail_point.main()" <case as JSON>`."""
    os.environ["EMAIL_PORT"] = "1"  # set below
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from core import outbox, smtp  # noqa: PLC0415
    from tests.core.scripted import scripted  # noqa: PLC0415

    case = json.loads(sys.argv[1])
    smtp.PATIENCE = settings.EMAIL_TIMEOUT = SILENCE
    if plant := os.environ.get("DRILL_PLANT"):
        PLANTS[plant]()
    with scripted() as server:
        settings.EMAIL_PORT = server.port
        if case["whose"] == "server":
            server.moment, server.fault = case["point"], case["fault"]
        connection.close()
        pid = os.fork()
        if not pid:
            _work(case)
        os.waitpid(pid, 0)
        server.moment = ""
        for _turn in range(2):
            with connection.cursor() as cursor:  # the lease and each wait are over
                cursor.execute("UPDATE core_outgoingmail SET due_at = now() WHERE state = 'queued'")
            time.sleep(0.01)
            outbox.deliver_due(run_seconds=2)
        print(len(server.taken), flush=True)
    os._exit(0)  # a server that was told to fall silent waits for ever


def _work(case: dict[str, str]) -> None:
    """What a worker does until its fault; never returns."""
    from core import outbox  # noqa: PLC0415

    try:
        if case["whose"] != "server":
            _plant(case["point"], _act(case["fault"], case["whose"]))
        outbox.deliver_due(run_seconds=1)
    finally:
        os._exit(0)


def _act(fault: str, whose: str) -> Callable[[], None]:
    from django.db import OperationalError, connection  # noqa: PLC0415

    def database() -> None:
        """Breaks off; or falls silent, which ends when the worker gives up: to the server both are a lost connection."""
        if fault == "stall":
            time.sleep(SILENCE)
        connection.connection.close()
        raise OperationalError(fault)

    def worker() -> None:
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise RuntimeError(fault)

    return database if whose == "database" else worker


def _plant(point: str, act: Callable[[], None]) -> None:
    """Let `act` happen just as that point is reached."""
    import smtplib  # noqa: PLC0415

    from django.db.models import QuerySet  # noqa: PLC0415

    from core import outbox, post, smtp  # noqa: PLC0415

    def before(owner: Any, name: str, *, when: Callable[..., bool] = lambda *_a, **_k: True) -> None:
        usual = getattr(owner, name)

        def planted(*args: Any, **facts: Any) -> Any:
            if when(*args, **facts):
                act()
            return usual(*args, **facts)

        setattr(owner, name, planted)

    def after(owner: Any, name: str) -> None:
        usual = getattr(owner, name)

        def planted(*args: Any, **facts: Any) -> Any:
            result = usual(*args, **facts)
            act()
            return result

        setattr(owner, name, planted)

    if point == "claim":
        before(QuerySet, "update", when=lambda *_args, **facts: "due_at" in facts and "attempts" in facts)
    elif point == "claim_commit":
        after(outbox, "claim")
    elif point == "connect":
        before(post, "get_connection")
    elif point in {"mail", "rcpt", "data"}:
        before(smtplib.SMTP, point)
    elif point == "dot":
        before(smtp._Followed, "send", when=lambda _self, text: isinstance(text, bytes))
    elif point == "answer":
        after(post.Post, "send")
    elif point == "update":
        before(outbox, "_mark_sent")
    elif point == "commit":
        after(outbox, "_mark_sent")


def _marked_first() -> None:
    """The row says sent before the mail is."""
    from django.utils import timezone  # noqa: PLC0415

    from core import outbox  # noqa: PLC0415

    def deliver(pk: int, _worker: Any, post: Any) -> int:
        facts = {"state": "sent", "sent_at": timezone.now(), "claimed_by": None}
        outbox.OutgoingMail.objects.filter(pk=pk).update(**facts)
        post.send(outbox.OutgoingMail.objects.get(pk=pk))
        return 1

    outbox._deliver = deliver


def _never_holds() -> None:
    """What is in doubt is sent again, whatever the setting says."""
    from django.conf import settings  # noqa: PLC0415

    settings.MAIL_AMBIGUOUS = "resend"


PLANTS = {"marked_first": _marked_first, "never_holds": _never_holds}
