"""What the link of an invitation opens, and for whom."""

from __future__ import annotations

from accounts.models import Invitation, User
from core.tokens import digest_of


def opened_by(token: str) -> Invitation | None:
    """The invitation a link opens, as long as it works; reading it uses nothing up."""
    return Invitation.objects.usable().filter(token_digest=digest_of(token)).first()


def accepted_by(token: str, user: User) -> Invitation | None:
    """The invitation whose link this person used; to all others a used link says nothing."""
    return Invitation.objects.filter(token_digest=digest_of(token), accepted_by__user=user).first()


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address belongs to an account already, which then has to sign in to accept."""
    return User.objects.filter(email=invitation.email).exists()
