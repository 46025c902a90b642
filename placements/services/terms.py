"""The period of a placement has one owner, and moves here: seat and access go with it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from core import changes, states
from core.constraints import explained
from core.models import StateChange
from partnerships.actors import Actor, id_of
from placements.enums import PlacementState
from placements.models import Placement
from placements.queries.seats import seat_for
from placements.services import break_offs, locks

MOVES = (PlacementState.CONFIRMED, PlacementState.RUNNING)


@transaction.atomic
def apply(*, placement_id: int, starts_on: date, ends_on: date, because: str, by: Actor | None) -> Placement:
    """Let a placement run on other days, on its own seat or another one that is free for all of them.

    Raises ValidationError when no seat is, or when the student is elsewhere in the days that were added. A placement
    that is over, or of which the last day was chosen, stays as it is.
    """
    locks.around(placement_id)
    placement = locks.placement(placement_id)
    same = (placement.starts_on, placement.ends_on) == (starts_on, ends_on)
    if same or placement.state not in MOVES:
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


@transaction.atomic
def go_back(
    *, placement_id: int, starts_on: date, ends_on: date, because: str, taken: str, cause: StateChange
) -> None:
    """What gave a placement its days does not count any more (`cause`): it has these again, as far as they are free.

    Where they are not, since the seat, the student or the enrolment went on without it, it keeps its first day; and where
    that is of no use it ends on the last day that it has, with `taken` as the reason. So it can always be done. One that
    was ended otherwise stays as it is.
    """
    locks.around(placement_id)
    placement = locks.placement(placement_id)
    is_completed = placement.state == PlacementState.COMPLETED and placement.ends_on < ends_on
    if placement.state not in MOVES and not is_completed:
        return
    if ends_on <= placement.enrolment.ends_on:
        for first_day in dict.fromkeys((starts_on, placement.starts_on)):
            if _moved(placement, first_day, ends_on, because=because, cause=cause):
                return
    if is_completed or (placement.starts_on, placement.ends_on) != (starts_on, ends_on):
        break_offs.given_away(placement_id=placement_id, ends_on=ends_on, reason=taken, cause=cause)


def _moved(placement: Placement, starts_on: date, ends_on: date, *, because: str, cause: StateChange) -> bool:
    """Whether it runs on those days now."""
    if starts_on > ends_on:
        return False
    try:
        with transaction.atomic():
            if placement.state == PlacementState.COMPLETED:
                states.advance(placement, "resume", by=None, reason=because, cause=cause)
            apply(placement_id=placement.pk, starts_on=starts_on, ends_on=ends_on, because=because, by=None)
    except ValidationError:
        placement.refresh_from_db(fields=["state"])
        return False
    return True
