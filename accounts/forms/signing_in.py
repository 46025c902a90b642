"""The forms of allauth with our labels and hints."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import SecurityKind
from accounts.mail import signing_in as mail
from accounts.models import Person, User
from accounts.services import security, throttles
from core import emails, visitors
from core.mail import wake_on_commit
from ui.forms import PortalFormMixin


class OwnDress(PortalFormMixin):
    """Gives a form of allauth our labels and hints instead of its placeholders."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")
            field.label = self.labels.get(name, field.label)
        owner = getattr(self, "user", None)
        if owner and any(isinstance(field.widget, forms.PasswordInput) for field in self.fields.values()):
            self.username = owner.email


class _OneForm(forms.Form):
    """Reads an address as the rest of the portal does: allauth's own field knows capitals only. Stands before its form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                self.fields[name] = emails.EmailFormField(widget=field.widget)


TOO_MANY_LINKS = _(
    "A link was asked for this address several times. Look in the mailbox, also in the spam folder, or try again in an hour."
)
NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password again")}
NEW_PASSWORD_HINT = {
    "password1": _("At least 12 characters. Three or four words after each other work well.")
}
APP_CODE = {"code": _("Code")}


class LoginForm(OwnDress, _OneForm, account.LoginForm):
    """Email and password."""

    labels = {
        "login": _("Email address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }


class _CountsCodes(forms.Form):
    """Counts wrong codes of the second step, and takes each code once. Stands before the form of allauth."""

    user: User

    def clean_code(self) -> str:
        owner = str(self.user.pk)
        refused = partial(self._note, SecurityKind.THROTTLED, throttles.WRONG_CODES.action)
        if not throttles.take(limit=throttles.WRONG_CODES, key=owner, refused=refused):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
            if not throttles.take(limit=throttles.USED_CODES, key=f"{owner} {code}"):
                raise get_mfa_adapter().validation_error("incorrect_code")
        except ValidationError:
            self._note(SecurityKind.WRONG_CODE)
            raise
        throttles.clear(limit=throttles.WRONG_CODES, key=owner)
        return code

    def _note(self, kind: SecurityKind, what: str = "") -> None:
        network = visitors.rough_network_of(allauth_context.request)
        security.note(kind=kind, person_id=self.user.person.pk, what=what, network=network)


class ReauthenticateForm(OwnDress, account.ReauthenticateForm):
    """The password once more."""

    labels = {"password": _("Password")}


class ResetPasswordForm(OwnDress, _OneForm, account.ResetPasswordForm):
    """Asks a link for an address; counted for every address alike, whether or not it has an account."""

    labels = {"email": _("Email address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(allauth_context.request, "user", None)
        if user is not None and user.is_authenticated:
            self.fields["email"].initial = user.email

    def clean_email(self) -> str:
        email: str = super().clean_email()
        network = visitors.network_of(allauth_context.request)
        if not throttles.take(limit=throttles.RESETS_FROM_NETWORK, key=network):
            raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
        if not throttles.take(limit=throttles.RESETS, key=email):
            raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
        return email

    @transaction.atomic
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """For an address without account the same is done and taken back: the answer takes as long."""
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        nobody = User(pk=0, email=email)
        savepoint = transaction.savepoint()
        EmailAddress.objects.filter(user=nobody.pk).exists()
        Person.objects.filter(user=nobody.pk).first()
        key = PasswordResetTokenGenerator().make_token(nobody)
        mail.nobody_password_reset_asked(email, reverse("account_reset_password_from_key", args=["0", key]))
        transaction.savepoint_rollback(savepoint)
        wake_on_commit()
        return email


class ResetPasswordKeyForm(OwnDress, account.ResetPasswordKeyForm):
    """A new password, from the link."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class SetPasswordForm(OwnDress, account.SetPasswordForm):
    """A first password."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class ChangePasswordForm(OwnDress, account.ChangePasswordForm):
    """Another password."""

    labels, hints = {**NEW_PASSWORD, "oldpassword": _("Current password")}, NEW_PASSWORD_HINT

    def clean_oldpassword(self) -> str:
        """Counted, so that whoever finds a browser open cannot try out passwords here."""
        owner = f"user {self.user.pk}"
        if not throttles.take(limit=throttles.WRONG_PASSWORDS, key=owner):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        password: str = super().clean_oldpassword()
        throttles.give_back(limit=throttles.WRONG_PASSWORDS, key=owner)
        return password


class ChangeEmailForm(OwnDress, _OneForm, account.AddEmailForm):
    """Another address; it counts once confirmed."""

    labels = {"email": _("New email address")}


class AuthenticateForm(OwnDress, _CountsCodes, mfa.AuthenticateForm):
    """The code at signing in."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class MfaReauthenticateForm(OwnDress, _CountsCodes, mfa.ReauthenticateForm):
    """The code once more."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class ActivateTotpForm(OwnDress, totp.ActivateTOTPForm):
    """The first code, which proves that the app has the key."""

    labels, hints = APP_CODE, {"code": _("The six digits that your app shows now.")}


class DeactivateTotpForm(OwnDress, totp.DeactivateTOTPForm):
    """Nothing to fill in: the page asks to be sure."""


class GenerateRecoveryCodesForm(OwnDress, recovery.GenerateRecoveryCodesForm):
    """Nothing to fill in: the page asks to be sure."""
