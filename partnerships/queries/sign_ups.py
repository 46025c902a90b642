"""Sign-ups for a call: which link opens one, which wait for an answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from accounts.models import PersonalLink
from core.written import written
from partnerships.enums import SignUpState
from partnerships.models import SignUp

CONFIRM_WITHIN = dt.timedelta(days=30)


def opened_by(link: PersonalLink | None) -> SignUp | None:
    """The sign-up that a personal link is about; none when its call was withdrawn."""
    if link is None:
        return None
    found = SignUp.objects.filter(links__link=link, call__is_published=True)
    return found.select_related("call__partnership", "contact__user").first()


@written
def waiting(*, partnership: int) -> QuerySet[SignUp]:
    """The confirmed sign-ups of a partnership that wait for an answer of a coordinator, the longest first."""
    unanswered = SignUp.objects.confirmed().filter(
        call__partnership=partnership, state=SignUpState.INTEREST, organisation=None
    )
    return unanswered.select_related("call").order_by("confirmed_at", "pk")
