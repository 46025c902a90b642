"""Which link a secret belongs to."""

from __future__ import annotations

from accounts.models import PersonalLink
from core.tokens import digest_of


def known_by(token: str) -> PersonalLink | None:
    """The link with this secret, as long as it opens something; reading it uses nothing up."""
    return PersonalLink.objects.usable().filter(digest=digest_of(token)).select_related("person").first()
