"""Mails to whoever keeps Leerpact running: no names and nothing of anyone's file."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import mail
from portal.invariants import Invariant

WHY = _("You get this email because this address is in the settings of Leerpact.")


def watcher_rows_found(found: Sequence[tuple[Invariant, int]]) -> None:
    """What the nightly check found that was not known yet: which checks, and how many rows of each."""
    for address in settings.CHECKS_EMAIL:
        mail.send(
            kind="watcher_rows_found",
            to_email=address,
            template="portal/mail/watcher_rows_found.txt",
            context={"found": found},
            language=settings.LANGUAGE_CODE,
            link=reverse("administration"),
            why=WHY,
        )
