"""The portal's workers as the drills about mail start them: `celery -A drills.mail_work`; with a planted fault where asked.

`DRILL_PLANT` names it: a worker that does not do what `core.outbox` promises, which a drill must find.
"""

from __future__ import annotations

import os
import uuid
from typing import Any

import django

django.setup()

from portal.celery import app  # noqa: E402  the settings come first

__all__ = ["app"]


def _marked_first() -> None:
    """Says that a mail is sent before it is, as a naive task does: who dies in between loses it."""
    from django.utils import timezone  # noqa: PLC0415

    from core import outbox  # noqa: PLC0415

    def deliver(pk: int, worker: uuid.UUID, post: Any) -> int:
        mail = outbox.OutgoingMail.objects.filter(pk=pk, claimed_by=worker).first()
        if mail is None:
            return 0
        facts = {"state": "sent", "sent_at": timezone.now(), "claimed_by": None}
        outbox.OutgoingMail.objects.filter(pk=pk).update(**facts)
        post.send(mail)
        return 1

    outbox._deliver = deliver


def _other_id() -> None:
    """Makes a Message-ID at each try, so that a copy is another mail to its reader."""
    from core import post  # noqa: PLC0415

    usual = post._message

    def message(mail: Any) -> Any:
        mail.message_id = f"<{uuid.uuid4()}@drill.example>"
        return usual(mail)

    post._message = message


def _no_sweep() -> None:
    """Looks only when it is told: a message that the broker loses is a mail that stays."""
    app.conf.beat_schedule = {}


PLANTS = {"marked_first": _marked_first, "other_id": _other_id, "no_sweep": _no_sweep}
if plant := os.environ.get("DRILL_PLANT"):
    PLANTS[plant]()
