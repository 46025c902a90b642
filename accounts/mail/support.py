"""Mails about what an administrator does with someone's account: to its owner, at once."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from accounts.mail import letters, signing_in
from accounts.models import SupportAct
from core import emails


def person_support_begun(act: SupportAct) -> None:
    """Who opens the account, why and until when; also to who cannot sign in now."""
    _tell(act, "accounts/mail/person_support_begun.txt", until=act.until)


def person_account_closed(act: SupportAct) -> None:
    """One can sign in no more, and whom to ask."""
    _tell(act, "accounts/mail/person_account_closed.txt", link=reverse("privacy"))


def person_account_reopened(act: SupportAct) -> None:
    """One can sign in again."""
    _tell(act, "accounts/mail/person_account_reopened.txt")


def owner_address_asked(act: SupportAct, email: str) -> None:
    """To the present address: another one was asked whether it is theirs."""
    _tell(act, "accounts/mail/owner_address_asked.txt", email=emails.shown(email))


def person_address_confirmation_asked(asked: EmailAddress) -> None:
    """To the other address: the link that shows that it is theirs."""
    path = reverse("account_confirm_email", args=[EmailConfirmationHMAC.create(asked).key])
    signing_in.user_email_confirmation_asked(asked.user, asked.email, path)


def _tell(act: SupportAct, template: str, **context: Any) -> None:
    person = act.subject
    own = reverse("accounts:support") if person.can_sign_in else reverse("privacy")
    context = {"link": own, "by": act.administrator, "reason": act.reason, **context}
    if person.is_reachable:
        letters.to_person(person, template, **context)
    elif person.address:
        letters.to_address(person.address, person.first_name, template, **context)
