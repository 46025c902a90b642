"""What can be done with a seat in a group; who may do it is in `partnerships.can_coordinate`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import periods
from core.access import ALLOW, Verdict, not_now
from partnerships.models import GroupSeat


def can_end_seat(seat: GroupSeat | None) -> Verdict:
    """End a seat that has not ended; `seat` is None for one that is not of this group."""
    return not_now(_("This seat had already ended.")) if seat is None or periods.is_over(seat) else ALLOW
