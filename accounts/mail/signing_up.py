"""Mails about an account of one's own, asked for without an invitation."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from accounts.mail import letters
from accounts.mail.why import why
from accounts.models import User
from core import mail


def stranger_account_asked(email: str, token: str, *, language: str) -> None:
    """The link that shows that the address is theirs; without a name, since anybody may have typed the address."""
    mail.send(
        kind="stranger_account_asked",
        to_email=email,
        template="accounts/mail/stranger_account_asked.txt",
        why=why("accounts/mail/stranger_account_asked.txt"),
        context={},
        language=language or settings.LANGUAGE_CODE,
        link=reverse("accounts:sign-up-open", args=[token]),
        is_secret=True,
    )


def owner_account_known(user: User) -> None:
    """Tells someone who has an account that it was asked for again; the page itself says nothing of it."""
    letters.to_person(user.person, "accounts/mail/owner_account_known.txt", link=reverse("account_login"))
