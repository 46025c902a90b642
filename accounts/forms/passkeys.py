"""Forms of allauth for a passkey, in our words: what is no answer of a browser is refused, and not stumbled over."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.signing_in import OwnDress

NO_ANSWER = _(
    "Your browser gave no passkey. It needs JavaScript for that: switch it on, or use an app for codes."
)
NOT_RIGHT = _("This passkey does not fit. Try again, or use an app for codes.")
# What allauth says of an answer to another question, and what reading half of one runs into.
NO_PASSKEY = (ValidationError, KeyError, TypeError, ValueError, AttributeError)


class _AnswerField(forms.JSONField):
    """What the browser gave, as JSON: an object, or it is none."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if not value:
            raise ValidationError(NO_ANSWER, code="required")
        try:
            found = super().to_python(value)
        except ValidationError:
            found = None
        if found and isinstance(found, dict):  # allauth takes an empty one for a passkey
            return found
        raise ValidationError(NOT_RIGHT, code="invalid")

    def validate(self, value: Any) -> None:
        """What is no answer was refused already."""


class _ReadsAnswer(OwnDress):
    """What is no answer of a browser is refused in words; allauth would stumble over half of one. Stands before its form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _AnswerField()

    def _clean_form(self) -> None:
        """A fault in the hidden field is one of the whole form: there is nothing to point at."""
        super()._clean_form()  # type: ignore[misc]  # of Django's form
        for error in self.errors.pop("credential", []):
            self.add_error(None, error)


class AddPasskeyForm(_ReadsAnswer, webauthn.AddWebAuthnForm):
    """A passkey of one's own, with a name to know it by."""

    labels = {"name": _("Name of this passkey")}
    hints = {"name": _("So that you know it again, for example: my phone.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100  # type: ignore[attr-defined]  # a field of text

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for an answer to another question, or none at all."""
        try:
            return super().clean() or {}
        except NO_PASSKEY as error:
            raise ValidationError(NOT_RIGHT, code="incorrect_code") from error


class AuthenticatePasskeyForm(_ReadsAnswer, webauthn.AuthenticateWebAuthnForm):
    """The passkey at signing in."""

    def clean_credential(self) -> Authenticator:
        """Raises ValidationError for a passkey of someone else, an answer to another question, or none at all."""
        try:
            return super().clean_credential()
        except NO_PASSKEY as error:
            raise ValidationError(NOT_RIGHT, code="incorrect_code") from error


class ReauthenticatePasskeyForm(AuthenticatePasskeyForm):
    """The passkey once more."""

    reauthenticated = True
