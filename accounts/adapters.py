"""Where allauth meets this portal: no open sign-up, mails through the outbox, secrets encrypted."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from accounts.enums import SecurityKind
from accounts.mail import signing_in as mail
from accounts.models import Person, User
from accounts.services import people, security, throttles
from core import emails, visitors
from ui import languages

EXPIRY = "_session_expiry"  # under which Django keeps in the session how long it lasts
# What changed about signing in, by the name allauth gives the event. A new address is noted where it begins to count.
NOTED = {
    "account/email/password_changed": SecurityKind.PASSWORD,
    "account/email/password_reset": SecurityKind.PASSWORD,
    "account/email/password_set": SecurityKind.PASSWORD,
    "mfa/email/totp_activated": SecurityKind.SECOND_STEP_ON,
    "mfa/email/totp_deactivated": SecurityKind.SECOND_STEP_OFF,
    "mfa/email/webauthn_added": SecurityKind.SECOND_STEP_ON,
    "mfa/email/webauthn_removed": SecurityKind.SECOND_STEP_OFF,
    "mfa/email/recovery_codes_generated": SecurityKind.RECOVERY_CODES,
    "socialaccount/email/account_connected": SecurityKind.LINKED,
    "socialaccount/email/account_disconnected": SecurityKind.UNLINKED,
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; what allauth mails goes through the outbox in the user's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or password is incorrect. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, or choose a new password."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your current password. Try again."),
    }

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Password, code or passkey, in our words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for method in methods:
            if method["url"] == reverse("mfa_reauthenticate_webauthn"):
                method["description"] = _("Use your passkey")
        return methods

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by services/invitations.py alone."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, at the page of signing in and where it is asked once more; wrong ones are counted.

        They are counted before the check, so that many of one moment get no further than the limit, and a right one is
        given back. A browser that its owner signed in with before has a count of its own: whoever tries passwords
        from elsewhere, all day long, does not lock the owner out.
        """
        address = emails.one_form(credentials.get("email") or "")
        device = visitors.known_device(request, address)
        network = visitors.network_of(request)
        counts = [(throttles.WRONG_PASSWORDS, f"device {device}" if device else address)]
        if not device:
            counts = [(throttles.SIGN_INS, network), (throttles.WRONG_FROM_NETWORK, network), *counts]
        rough = visitors.rough_network_of(request)
        owner = Person.objects.filter(user__email=address).values_list("pk", flat=True).first()
        for limit, key in counts:
            refused = partial(
                security.note,
                kind=SecurityKind.THROTTLED,
                person_id=owner,
                what=limit.action,
                network=rough,
            )
            if not throttles.take(limit=limit, key=key, refused=refused):
                raise self.validation_error("too_many_login_attempts")
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            security.note(kind=SecurityKind.WRONG_PASSWORD, person_id=owner, network=rough)
        if user is not None:
            for limit, key in counts:
                if limit is not throttles.SIGN_INS:
                    throttles.give_back(limit=limit, key=key)
        return user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the link was."""
        return reverse("accounts:profile")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Speak the language of the person who signed in, also before any page asks for it.

        Only the form of signing in asks whether to stay signed in; by any other way (a link, a federation, a passkey) the
        session ends as it does for who did not choose that.
        """
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if EXPIRY not in request.session:  # there already where a second step came after the form
            request.session.set_expiry(0)
        languages.remember(response, user.person.language)
        visitors.remember_device(response, user.email)
        security.note(
            kind=SecurityKind.SIGNED_IN,
            person_id=user.person.pk,
            network=visitors.rough_network_of(request),
        )
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send each of allauth's mails in our own words, as a row in the outbox, so that no request waits for SMTP.

        Only the path of a link is taken: its host comes from SITE_URL, never from the request.
        """
        user = context.get("user") or allauth_context.request.user
        with transaction.atomic():
            if template_prefix == "account/email/password_reset_key":
                mail.user_password_reset_asked(user, email, urlsplit(context["password_reset_url"]).path)
            elif template_prefix.startswith("account/email/email_confirmation"):
                mail.user_email_confirmation_asked(user, email, urlsplit(context["activate_url"]).path)
            elif isinstance(user, User):
                mail.user_security_changed(user, email, template_prefix)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Let a confirmed address count: with it the account may have another one than before."""
        user: User = email_address.user
        before = user.email
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed and user.email != before:
            people.note_address(user=user, before=before)
        return confirmed

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Ask an address whether it is theirs; not again within three minutes, for the link of then still works."""
        if throttles.take(limit=throttles.CONFIRMATIONS, key=emailconfirmation.email_address.email):
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner that something about signing in changed, and note it."""
        if kind := NOTED.get(template_prefix):
            request = allauth_context.request  # none where it is done from a shell
            network = visitors.rough_network_of(request) if request else ""
            security.note(kind=kind, person_id=user.person.pk, network=network)
        self.send_mail(template_prefix, email or user.email, {"user": user})


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through a federation: for accounts that linked it themselves, and never a source of roles."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an unknown person at the federation is no user here."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """One answer to everyone who is not linked, whether or not the address has an account."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        messages.error(
            request,
            _("This sign-in is not linked to an account yet. Sign in with email and password, then link it."),
        )
        raise ImmediateHttpResponse(redirect("account_login"))


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted: a copy of the database alone opens nothing."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Type the code that your app shows now."),
        "cannot_generate_recovery_codes": _("Switch on the second step first."),
        "add_email_blocked": _("Switch off the second step first; then change your email address."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code of an address, on a white ground, so that it scans in the dark theme too."""
        buffer = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(buffer)
        return buffer.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Encrypt with the present key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with the present key or a former one (SECRET_KEY_FALLBACKS)."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"leerpact second factor {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
