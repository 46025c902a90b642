"""The period of a placement has one owner, and moves here: seat and access go with it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core import changes
from core.constraints import explained
from partnerships.actors import Actor, id_of
from placements.enums import LIVE_PLACEMENT, PlacementState
from placements.models import Placement
from placements.queries.seats import seat_for
from placements.services import locks


@transaction.atomic
def apply(*, placement_id: int, starts_on: date, ends_on: date, because: str, by: Actor | None) -> Placement:
    """Let a placement run on other days, on its own seat or another one that is free for all of them.

    Raises ValidationError when no seat is, or when the student is elsewhere in the days that were added. A placement
    that is over, or of which the last day was chosen, stays as it is.
    """
    locks.around(placement_id)
    placement = locks.placement(placement_id)
    same = (placement.starts_on, placement.ends_on) == (starts_on, ends_on)
    if same or placement.state not in LIVE_PLACEMENT or placement.state == PlacementState.ENDING:
        return placement
    placement.seat_no = seat_for(placement, starts_on, ends_on) or placement.seat_no
    placement.starts_on, placement.ends_on = starts_on, ends_on
    with explained(placement):
        changes.save(
            placement,
            by=id_of(by),
            reason=because,
            subject=placement.student.public_id,
            update_fields=["seat_no", "starts_on", "ends_on"],
        )
    return placement
