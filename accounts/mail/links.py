"""Mails about personal links; the first one of each is written by the app whose act it is."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail.why import why
from accounts.models import PersonalLink
from core import mail


def path_of(token: str) -> str:
    """Where the secret leads."""
    return reverse("accounts:personal-link", args=[token])


def holder_link_renewed(link: PersonalLink, token: str) -> None:
    """A new link in place of an older one, to the same address."""
    mail.send(
        kind="holder_link_renewed",
        to_email=link.email,
        template="accounts/mail/holder_link_renewed.txt",
        why=why("accounts/mail/holder_link_renewed.txt"),
        context={
            "name": link.person.first_name if link.person.has_account else "",  # a visitor may have typed it
            "act": link.get_act_display(),
            "until": link.expires_at,
        },
        language=link.person.language,
        link=path_of(token),
        is_secret=True,
    )
