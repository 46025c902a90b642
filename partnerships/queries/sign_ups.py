"""Sign-ups for a call: which link opens one, which wait for an answer."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from core.tokens import digest_of
from partnerships.enums import SignUpState
from partnerships.models import SignUp

CONFIRM_WITHIN = dt.timedelta(days=14)


def opened_by(token: str) -> SignUp | None:
    """The sign-up that a link belongs to, during 14 days or after it was used; none when its call was withdrawn."""
    answer = (
        SignUp.objects.filter(confirm_digest=digest_of(token)).select_related("call__partnership").first()
    )
    if answer is None or not answer.call.is_published:
        return None
    return answer if answer.confirmed_at or answer.created_at > timezone.now() - CONFIRM_WITHIN else None


def waiting(partnership_id: int) -> list[SignUp]:
    """The confirmed sign-ups of a partnership that wait for an answer of a coordinator, the longest first."""
    unanswered = SignUp.objects.confirmed().filter(
        call__partnership=partnership_id, state=SignUpState.INTEREST, organisation=None
    )
    return list(unanswered.select_related("call").order_by("confirmed_at", "pk"))
