"""Which seats of a slot are free, and for which days someone would get one."""

from __future__ import annotations

from datetime import date

from core.dates import today
from placements.models import Match, Placement, Slot
from placements.models.placements import PlacementQuerySet
from students.models import Enrolment


def period_of(slot: Slot, enrolment: Enrolment) -> tuple[date, date]:
    """The days a placement would run: inside the slot and the enrolment, and not before today."""
    return max(slot.starts_on, enrolment.starts_on, today()), min(slot.ends_on, enrolment.ends_on)


def in_use(slot_id: int) -> PlacementQuerySet:
    """The placements that have a seat of the slot on a day from today on: those that `Slot.taken` counts."""
    return Placement.objects.live().filter(slot=slot_id, ends_on__gte=today())


def seat_for(placement: Placement, starts_on: date, ends_on: date) -> int | None:
    """The seat of a placement in another period: its own where nobody else has that, or the lowest that is free."""
    others = Placement.objects.live().filter(slot=placement.slot_id).exclude(pk=placement.pk)
    period = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    taken = set(period.values_list("seat_no", flat=True))
    wanted = [placement.seat_no, *range(1, placement.slot.seats + 1)]
    return next((number for number in wanted if number not in taken), None)


def is_full_for(match: Match) -> bool:
    """Whether no seat is free in the days this student would come; sure only under the lock on the slot."""
    starts_on, ends_on = period_of(match.slot, match.enrolment)
    seats = match.slot.seats
    return lowest_free_seat(slot_id=match.slot_id, seats=seats, starts_on=starts_on, ends_on=ends_on) is None


def lowest_free_seat(*, slot_id: int, seats: int, starts_on: date, ends_on: date) -> int | None:
    """The lowest seat that nobody has on any day of the period; call it under the lock on the slot."""
    free = free_seats(slot_id=slot_id, seats=seats, starts_on=starts_on, ends_on=ends_on)
    return free[0] if free else None


def free_seats(*, slot_id: int, seats: int, starts_on: date, ends_on: date) -> list[int]:
    """The seats that nobody has on any day of the period, by number; call it under the lock on the slot."""
    taken = set(
        Placement.objects.live()
        .filter(slot=slot_id, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .values_list("seat_no", flat=True)
    )
    return [number for number in range(1, seats + 1) if number not in taken]
