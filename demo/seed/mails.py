"""Mails that did not go: an address that does not exist, one of which nobody knows, and one that was stopped."""

from __future__ import annotations

from typing import Any

from accounts.mail import signing_in
from accounts.models import User
from accounts.services import invitations
from core import resending
from core.models import OutgoingMail
from demo.seed.context import Seed
from demo.seed.history import made_at

State, Trouble = OutgoingMail.State, OutgoingMail.Trouble
NO_ADDRESS = {"state": State.FAILED, "trouble": Trouble.NO_ADDRESS, "last_error": "550 5.1.1 no such user"}
UNSURE = {
    "state": State.HELD,
    "trouble": Trouble.UNSURE,
    "last_error": "TimeoutError: timed out",
    "copies": 3,
}
FULL = {"state": State.FAILED, "trouble": Trouble.FULL, "last_error": "552 5.2.2 mailbox full"}
CHANGED = "mfa/email/totp_deactivated"


def load(seed: Seed) -> None:
    """Once; the mails of the other parts went out on their days and are not kept."""
    if OutgoingMail.objects.exists():
        return
    invitation = seed.organisations["de-linde"].invitations.latest("pk").invitation
    with made_at(seed.at(-3)):
        invitations.renew(invitation_id=invitation.pk, read=None)
    _becomes(**NO_ADDRESS)
    _notice(seed, "contact", -2)
    _becomes(**UNSURE)
    _notice(seed, "teacher", -1)
    _becomes(**FULL)
    stopped = OutgoingMail.objects.latest("pk")
    resending.cancel(mail_id=stopped.pk, by=seed.people["admin"].pk, read=None)


def _notice(seed: Seed, key: str, days: int) -> None:
    """Word of a change in signing in."""
    user = User.objects.get(person=seed.people[key])
    with made_at(seed.at(days, 9)):
        signing_in.user_security_changed(user, user.email, CHANGED)


def _becomes(**facts: Any) -> None:
    """What became of the newest mail."""
    newest = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=newest.pk).update(attempts=3, **facts)
