"""Which row is locked first."""

from __future__ import annotations

from accounts.models import Invitation, Person, PersonalLink
from core import merging


def both_under_lock(kept_id: int, dropped_id: int) -> tuple[Person, Person]:
    """Two people with their accounts, in one order, so that nobody waits for somebody who waits."""
    return merging.both_under_lock(Person.objects.select_related("user"), kept_id, dropped_id)


def both_with_what_waits(kept_id: int, dropped_id: int) -> tuple[Person, Person]:
    """The same after what was mailed to either: whoever answers that locks it before the people."""
    pair = [kept_id, dropped_id]
    for rows in (Invitation.objects.unanswered(), PersonalLink.objects.standing()):
        list(rows.filter(person__in=pair).select_for_update(of=("self",), no_key=True).order_by("pk"))
    return both_under_lock(kept_id, dropped_id)
