"""Mails that did not go: an address that does not exist, one of which nobody knows, and one that was stopped."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.utils import timezone

from core import resending
from core.models import OutgoingMail
from demo.seed.context import Seed

State, Trouble = OutgoingMail.State, OutgoingMail.Trouble
KIND = "reminder_plan"
SUBJECT = "Je leerplan wacht op je"
NO_ADDRESS = {"state": State.FAILED, "trouble": Trouble.NO_ADDRESS, "last_error": "550 5.1.1 no such user"}
UNSURE = {
    "state": State.HELD,
    "trouble": Trouble.UNSURE,
    "last_error": "TimeoutError: timed out",
    "copies": 3,
}
FULL = {"state": State.FAILED, "trouble": Trouble.FULL, "last_error": "552 5.2.2 mailbox full"}


def load(seed: Seed) -> None:
    """Once; the mails of the other parts went out on their days and are not kept."""
    if OutgoingMail.objects.filter(kind=KIND, subject=SUBJECT).exists():
        return
    of_invitation(seed)
    _mail(seed, "contact", -2, **UNSURE)
    stopped = _mail(seed, "teacher", -1, **FULL)
    resending.cancel(mail_id=stopped.pk, by=seed.people["admin"].pk, read=None)


def of_invitation(seed: Seed) -> OutgoingMail:
    """The mail of an invitation to an address that turned out not to exist."""
    invitation = seed.organisations["de-linde"].invitations.latest("pk").invitation
    person = invitation.person
    return _row(
        kind="accounts.invitation",
        person=person,
        to_email=invitation.email,
        subject="Uitnodiging",
        is_secret=True,
        made=invitation.created_at,
        **NO_ADDRESS,
    )


def _mail(seed: Seed, key: str, days: int, **facts: Any) -> OutgoingMail:
    person = seed.people[key]
    made = seed.at(days, 9)
    return _row(kind=KIND, person=person, to_email=person.address, subject=SUBJECT, made=made, **facts)


def _row(*, made: dt.datetime, **facts: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(
        body="De tekst van deze mail ging niet uit.\n",
        language="nl",
        link=settings.SITE_URL,
        message_id=f"<{uuid.uuid4()}@leerpact.example>",
        created_at=min(made, timezone.now()),
        due_at=min(made, timezone.now()),
        attempts=3,
        **facts,
    )
