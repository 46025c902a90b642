"""Sign-ups for a call: which link opens one, which wait for an answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import PersonalLink
from core.dates import today
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
    """The confirmed sign-ups of a partnership that wait for a coordinator, the longest first: for an answer, or for the
    next step that was written down, from its day on.
    """
    unanswered = Q(state=SignUpState.INTEREST, organisation=None)
    to_do = ~Q(state=SignUpState.DROPPED_OUT) & Q(next_step_on__lte=today())
    found = SignUp.objects.confirmed().filter(unanswered | to_do, call__partnership=partnership)
    return found.select_related("call").order_by("confirmed_at", "pk")


def counted(call_id: int) -> list[tuple[str, int, int]]:
    """How many confirmed employers and places of a call are in each state that some are in."""
    found = SignUp.objects.confirmed().filter(call=call_id).order_by("state").values_list("state")
    return list(found.annotate(Count("pk"), Sum("places")))
