"""Whether an account has a second step: an app or a passkey. One definition, for queries of every app."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def has_second_step(account: str) -> Exists:
    """The condition that there is one; `account` leads to the account from the row that is asked about."""
    return Exists(Authenticator.objects.filter(type__in=SECOND_STEPS, user=OuterRef(account)))
