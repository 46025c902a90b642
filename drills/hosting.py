"""What the drill `hosts` asks of the portal, in a process of its own: by `BEGIN`."""

from __future__ import annotations

import datetime as dt
import json
import sys

BEGIN = "from drills import hosting; hosting.main()"  # python -c BEGIN prepare <mails> <seconds> | look
PEOPLE = 12


def prepare(mails: str, seconds: str) -> None:
    """People who sign in, and mails that become due over so many seconds from now."""
    from django.utils import timezone  # noqa: PLC0415

    from tests.factories.accounts import PASSWORD, UserFactory  # noqa: PLC0415
    from tests.factories.core import OutgoingMailFactory  # noqa: PLC0415

    people = [UserFactory().email for _turn in range(PEOPLE)]
    step = float(seconds) / int(mails)
    for turn in range(int(mails)):
        OutgoingMailFactory(due_at=timezone.now() + dt.timedelta(seconds=turn * step))
    json.dump((people, PASSWORD), sys.stdout)


def look() -> None:
    """Which sessions there are, and how many mails are not sent."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    from core.models import OutgoingMail  # noqa: PLC0415

    sessions = list(Session.objects.values_list("session_key", flat=True))
    json.dump(
        {"sessions": sessions, "unsent": OutgoingMail.objects.exclude(state="sent").count()}, sys.stdout
    )


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    {"prepare": prepare, "look": look}[sys.argv[1]](*sys.argv[2:])
