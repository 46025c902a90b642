"""Forms of this app, and the forms of allauth with our labels and hints."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Person, User
from core import emails
from ui.forms import PortalForm, PortalFormMixin, PortalModelForm


class ProfileForm(PortalModelForm):
    """Name and language."""

    class Meta:
        model = Person
        fields = ("first_name", "name_prefix", "last_name", "language")
        help_texts = {"name_prefix": _("For example “van der”.")}


class InvitationForm(PortalForm):
    """Name and password of someone new; the address is that of the invitation."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    name_prefix = forms.CharField(
        label=_("Name prefix"), max_length=30, required=False, help_text=_("For example “van der”.")
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters. Three or four words after each other work well."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        names = ("first_name", "name_prefix", "last_name")
        kwargs["initial"] = {name: getattr(invitation.person, name) for name in names}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is common or looks like the person's own name or address."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            user = User(email=self.invitation.email)
            user.person = Person(**{name: cleaned.get(name, "") for name in self.initial})
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class _OwnDress(PortalFormMixin):
    """Gives a form of allauth our labels and hints instead of its placeholders."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")
            field.label = self.labels.get(name, field.label)


class _OneForm(forms.Form):
    """Reads an address as the rest of the portal does: allauth's own field knows capitals only. Stands before its form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                self.fields[name] = emails.EmailFormField(widget=field.widget)


NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password again")}
NEW_PASSWORD_HINT = {
    "password1": _("At least 12 characters. Three or four words after each other work well.")
}
APP_CODE = {"code": _("Code")}


class LoginForm(_OwnDress, _OneForm, account.LoginForm):
    """Email and password."""

    labels = {
        "login": _("Email address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }


class ReauthenticateForm(_OwnDress, account.ReauthenticateForm):
    """The password once more."""

    labels = {"password": _("Password")}


class ResetPasswordForm(_OwnDress, _OneForm, account.ResetPasswordForm):
    """Asks a link for an address."""

    labels = {"email": _("Email address")}


class ResetPasswordKeyForm(_OwnDress, account.ResetPasswordKeyForm):
    """A new password, from the link."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class SetPasswordForm(_OwnDress, account.SetPasswordForm):
    """A first password."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class ChangePasswordForm(_OwnDress, account.ChangePasswordForm):
    """Another password."""

    labels, hints = {**NEW_PASSWORD, "oldpassword": _("Current password")}, NEW_PASSWORD_HINT


class ChangeEmailForm(_OwnDress, _OneForm, account.AddEmailForm):
    """Another address; it counts once confirmed."""

    labels = {"email": _("New email address")}


class AuthenticateForm(_OwnDress, mfa.AuthenticateForm):
    """The code at signing in."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class MfaReauthenticateForm(_OwnDress, mfa.ReauthenticateForm):
    """The code once more."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class ActivateTotpForm(_OwnDress, totp.ActivateTOTPForm):
    """The first code, which proves that the app has the key."""

    labels, hints = APP_CODE, {"code": _("The six digits that your app shows now.")}


class DeactivateTotpForm(_OwnDress, totp.DeactivateTOTPForm):
    """Nothing to fill in: the page asks to be sure."""


class GenerateRecoveryCodesForm(_OwnDress, recovery.GenerateRecoveryCodesForm):
    """Nothing to fill in: the page asks to be sure."""
