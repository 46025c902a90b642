"""Mails about signing in."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mail.why import why
from accounts.models import User
from core import mail

# What changed, by the name allauth gives the event. A mail about each, so that a stranger's doing is noticed.
SECURITY_EVENTS: dict[str, Promise] = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed with a link from your email."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/email_changed": _("The email address of your account was changed."),
    "account/email/email_confirm": _("An email address was confirmed for your account."),
    "account/email/email_deleted": _("An email address was removed from your account."),
    "mfa/email/totp_activated": _("Signing in with a second step was switched on."),
    "mfa/email/totp_deactivated": _("Signing in with a second step was switched off."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "socialaccount/email/account_connected": _(
        "Signing in through your organisation was linked to your account."
    ),
    "socialaccount/email/account_disconnected": _("Signing in through your organisation was unlinked."),
}


def user_password_reset_asked(user: User, email: str, path: str) -> None:
    """The link to choose a new password."""
    mail.send(
        kind="accounts.password_reset",
        to_email=email,
        template="accounts/mail/password_reset.txt",
        why=why("accounts/mail/password_reset.txt"),
        context={"name": user.first_name},
        language=user.person.language,
        person=user.person,
        link=path,
        is_secret=True,
    )


def nobody_password_reset_asked(email: str, path: str) -> None:
    """The same for an address without account: written, so that it takes as long, and never sent (`forms`)."""
    mail.send(
        kind="accounts.password_reset",
        to_email=email,
        template="accounts/mail/password_reset.txt",
        why=why("accounts/mail/password_reset.txt"),
        context={"name": ""},
        language=settings.LANGUAGE_CODE,
        link=path,
        is_secret=True,
    )


def user_signing_code_asked(user: User, code: str) -> None:
    """The code that stands for the password before one signs."""
    mail.send(
        kind="accounts.signing_code",
        to_email=user.email,
        template="accounts/mail/user_signing_code_asked.txt",
        why=why("accounts/mail/user_signing_code_asked.txt"),
        context={"name": user.first_name, "code": code},
        language=user.person.language,
        person=user.person,
        link=reverse("accounts:profile"),
        is_secret=True,
    )


def user_email_confirmation_asked(user: User, email: str, path: str) -> None:
    """The link that proves that an address is theirs."""
    mail.send(
        kind="accounts.email_confirmation",
        to_email=email,
        template="accounts/mail/email_confirmation.txt",
        why=why("accounts/mail/email_confirmation.txt"),
        context={"name": user.first_name},
        language=user.person.language,
        person=user.person,
        link=path,
        is_secret=True,
    )


def user_security_changed(user: User, email: str, event: str) -> None:
    """Something about signing in changed; an event we have no words for is not mailed."""
    if event not in SECURITY_EVENTS:
        return
    mail.send(
        kind="accounts.security",
        to_email=email,
        template="accounts/mail/security_notice.txt",
        why=why("accounts/mail/security_notice.txt"),
        context={"name": user.first_name, "what": SECURITY_EVENTS[event], "at": timezone.localtime()},
        language=user.person.language,
        person=user.person,
        link=reverse("accounts:profile"),
    )
