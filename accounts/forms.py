"""Forms of this app, and the forms of allauth with our labels and hints."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import SecurityKind
from accounts.models import Invitation, Person, User
from accounts.models.people import PersonQuerySet
from accounts.queries.likeness import people_like
from accounts.services import security, throttles
from accounts.services.people import Name
from core import emails, visitors
from ui.forms import PortalForm, PortalFormMixin, PortalModelForm
from ui.likeness import LikenessMixin

HAS_THE_ADDRESS = _("This is the address of %(name)s. Give the own address of this person.")


class ProfileForm(PortalModelForm):
    """Name and language."""

    class Meta:
        model = Person
        fields = ("first_name", "name_prefix", "last_name", "language")
        help_texts = {"name_prefix": _("For example “van der”.")}


class AddressForm(PortalForm):
    """The address of someone who wants an account."""

    email = emails.EmailFormField(
        label=_("Email address"), widget=forms.EmailInput({"autocomplete": "email"})
    )


class NewAccountForm(PortalForm):
    """Name and password of someone new; the address was shown to be theirs."""

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

    NAMES = ("first_name", "name_prefix", "last_name")

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        self.address = address
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is common or looks like the person's own name or address."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            user = User(email=self.address)
            user.person = Person(**{name: cleaned.get(name, "") for name in self.NAMES})
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class InvitationForm(NewAccountForm):
    """The same for someone who was invited: by the name that the inviter gave, to be corrected."""

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(invitation.person, name) for name in self.NAMES}
        super().__init__(*args, address=invitation.email, **kwargs)


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


TOO_MANY_LINKS = _(
    "A link was asked for this address several times. Look in the mailbox, also in the spam folder, or try again in an hour."
)
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


class ReauthenticateForm(_OwnDress, account.ReauthenticateForm):
    """The password once more."""

    labels = {"password": _("Password")}


class ResetPasswordForm(_OwnDress, _OneForm, account.ResetPasswordForm):
    """Asks a link for an address; counted for every address alike, whether or not it has an account."""

    labels = {"email": _("Email address")}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        network = visitors.network_of(allauth_context.request)
        if not throttles.take(limit=throttles.RESETS_FROM_NETWORK, key=network):
            raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
        if not throttles.take(limit=throttles.RESETS, key=email):
            raise ValidationError(TOO_MANY_LINKS, code="too_many_links")
        return email


class ResetPasswordKeyForm(_OwnDress, account.ResetPasswordKeyForm):
    """A new password, from the link."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class SetPasswordForm(_OwnDress, account.SetPasswordForm):
    """A first password."""

    labels, hints = NEW_PASSWORD, NEW_PASSWORD_HINT


class ChangePasswordForm(_OwnDress, account.ChangePasswordForm):
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


class ChangeEmailForm(_OwnDress, _OneForm, account.AddEmailForm):
    """Another address; it counts once confirmed."""

    labels = {"email": _("New email address")}


class AuthenticateForm(_OwnDress, _CountsCodes, mfa.AuthenticateForm):
    """The code at signing in."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class MfaReauthenticateForm(_OwnDress, _CountsCodes, mfa.ReauthenticateForm):
    """The code once more."""

    labels, hints = APP_CODE, {"code": _("From your app, or one of your recovery codes.")}


class ActivateTotpForm(_OwnDress, totp.ActivateTOTPForm):
    """The first code, which proves that the app has the key."""

    labels, hints = APP_CODE, {"code": _("The six digits that your app shows now.")}


class DeactivateTotpForm(_OwnDress, totp.DeactivateTOTPForm):
    """Nothing to fill in: the page asks to be sure."""


class GenerateRecoveryCodesForm(_OwnDress, recovery.GenerateRecoveryCodesForm):
    """Nothing to fill in: the page asks to be sure."""


NAME_FIELDS = ("first_name", "name_prefix", "last_name")


def name_in(data: dict[str, Any]) -> Name:
    """The name in what a form about someone was filled in with."""
    return Name(**{part: data.get(part, "") for part in NAME_FIELDS})


class SamePersonMixin(LikenessMixin):
    """Before someone new is written down, asks whether it is one of the asker's own people: `ask_who`, from `clean`."""

    question = _("Is this the same person?")
    hint = _("You know someone with nearly this name, or with this address, already.")
    address_field = "email"

    def ask_who(
        self, *, among: PersonQuerySet, name: Name, email: str, words: Callable[[Any], str | Promise]
    ) -> None:
        """`among` are the people whom the asker may be shown, `words` says of each what is to be seen of them already."""
        found = people_like(among=among, name=name.whole, email=email)
        self.ask_which(found, words, _("No, someone else"))
        self.hear()
        owner = next((person for person in found if person.address == email), None)
        if owner is not None and self.seen:
            params = {"name": owner.full_name}
            self.add_error(self.address_field, ValidationError(HAS_THE_ADDRESS, params=params))

    def meant(self) -> dict[str, Any]:
        """The answer, for the service: who it is, or who it is not."""
        return {"known": self.same, "seen": self.seen}
