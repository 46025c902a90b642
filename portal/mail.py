"""Mails to whoever keeps Leerpact running: no names and nothing of anyone's file."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from accounts.mail.why import why
from core import mail
from portal.invariants import Invariant

TEMPLATE = "portal/mail/watcher_rows_found.txt"


def watcher_rows_found(found: Sequence[tuple[Invariant, int]]) -> None:
    """What the nightly check found that was not known yet: which checks, and how many rows of each."""
    for address in settings.CHECKS_EMAIL:
        mail.send(
            kind="watcher_rows_found",
            to_email=address,
            template=TEMPLATE,
            context={"found": found},
            language=settings.LANGUAGE_CODE,
            link=reverse("administration"),
            why=why(TEMPLATE),
        )
