"""Which seats of a slot are free, and for which days someone would get one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from core import versions
from core.dates import today
from placements.enums import STOPPED_EARLY, PlacementKind, PlacementState
from placements.models import Match, Placement, Slot
from placements.models.placements import PlacementQuerySet
from students.models import Enrolment

Days = tuple[date, date]
_DAYS = "-"  # what follows it in an edition are days


def period_of(slot: Slot, enrolment: Enrolment) -> tuple[date, date]:
    """The days a placement would run: inside the slot and the enrolment, and not before today."""
    return max(slot.starts_on, enrolment.starts_on, today()), min(slot.ends_on, enrolment.ends_on)


@dataclass(frozen=True)
class Opening:
    """The days on which a student could have a place, and the seat; None when every seat is given."""

    starts_on: date
    ends_on: date
    seat_no: int | None

    @property
    def is_over(self) -> bool:
        """Whether no day is left."""
        return self.starts_on >= self.ends_on


def opening(slot: Slot, enrolment: Enrolment) -> Opening:
    """What a slot has for a student; sure only under the lock on the slot."""
    (found,) = openings([(slot, enrolment)])
    return found


def openings(pairs: Sequence[tuple[Slot, Enrolment]]) -> list[Opening]:
    """The same for several pairs, in one query.

    Whoever leaves a place has it until the last day, and so has the next one there: who comes after a place that ends
    early begins the day after.
    """
    students = {enrolment.student_id for _slot, enrolment in pairs}
    leaving, given = _taken(students, {slot.pk for slot, _enrolment in pairs})
    return [
        _opening(slot, enrolment, leaving[enrolment.student_id], given[slot.pk]) for slot, enrolment in pairs
    ]


def _opening(slot: Slot, enrolment: Enrolment, leaving: list[Days], given: list[tuple[int, Days]]) -> Opening:
    starts_on, ends_on = period_of(slot, enrolment)
    last_days = [last for first, last in leaving if first <= ends_on and last >= starts_on]
    starts_on = max([starts_on, *(day + timedelta(days=1) for day in last_days)])
    seat_no = _free(slot, given, starts_on, ends_on)
    if seat_no is None and starts_on == today():
        starts_on += timedelta(days=1)
        seat_no = _free(slot, given, starts_on, ends_on)
    return Opening(starts_on, ends_on, seat_no)


def _taken(
    students: Collection[int], slots: Collection[int]
) -> tuple[dict[int, list[Days]], dict[int, list[tuple[int, Days]]]]:
    """By student the days of ordinary places that ended early, or will; by slot the seats given and the days of each."""
    ended = Q(student__in=students, kind=PlacementKind.ORDINARY, state__in=STOPPED_EARLY)
    seated = Q(slot__in=slots, ends_on__gte=today()) & ~Q(state=PlacementState.CANCELLED)
    rows = Placement.objects.filter(ended | seated)
    leaving: dict[int, list[Days]] = defaultdict(list)
    given: dict[int, list[tuple[int, Days]]] = defaultdict(list)
    for row in rows.only("student", "slot", "seat_no", "starts_on", "ends_on", "kind", "state"):
        days = row.starts_on, row.ends_on
        if row.student_id in students and row.kind == PlacementKind.ORDINARY and row.state in STOPPED_EARLY:
            leaving[row.student_id].append(days)
        if row.slot_id in slots and row.ends_on >= today() and row.state != PlacementState.CANCELLED:
            given[row.slot_id].append((row.seat_no, days))
    return leaving, given


def _free(slot: Slot, given: list[tuple[int, Days]], starts_on: date, ends_on: date) -> int | None:
    """The lowest seat that nobody has on any day of the period."""
    taken = {seat_no for seat_no, (first, last) in given if first <= ends_on and last >= starts_on}
    return next((number for number in range(1, slot.seats + 1) if number not in taken), None)


def edition_of(match: Match, found: Opening) -> str:
    """What is offered, as the pages of a match show it: with the days that the student would get as they are now.

    Those follow from the place and the student, but also from the day itself and from whoever leaves a seat there.
    """
    return f"{match.edition}{_DAYS}{found.starts_on:%Y%m%d}.{found.ends_on:%Y%m%d}"


def ensure_offer(read: str | None, match: Match, found: Opening | None = None) -> None:
    """Raises `versions.Changed` when another offer was read; sure only under the lock on the slot.

    Once every seat is given there are no days to compare, and the answer hears that instead. `found` is what the place has
    for the student, where that was looked for under the lock already.
    """
    found = found or opening(match.slot, match.enrolment)
    if read is not None and found.seat_no is None:
        versions.ensure_same(read.partition(_DAYS)[0], match.edition)
    else:
        versions.ensure_same(read, edition_of(match, found))


def in_use(slot_id: int) -> PlacementQuerySet:
    """The placements that have a seat of the slot on a day from today on: what `Slot.taken` counts, but those past."""
    return Placement.objects.live().filter(slot=slot_id, ends_on__gte=today())


def seat_for(placement: Placement, starts_on: date, ends_on: date) -> int | None:
    """The seat of a placement in another period: its own where nobody else has that, or the lowest that is free."""
    others = Placement.objects.seated().filter(slot=placement.slot_id).exclude(pk=placement.pk)
    period = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    taken = set(period.values_list("seat_no", flat=True))
    wanted = [placement.seat_no, *range(1, placement.slot.seats + 1)]
    return next((number for number in wanted if number not in taken), None)


def is_full_for(match: Match) -> bool:
    """Whether no seat is free in the days this student would come; sure only under the lock on the slot."""
    return opening(match.slot, match.enrolment).seat_no is None


def lowest_free_seat(*, slot_id: int, seats: int, starts_on: date, ends_on: date) -> int | None:
    """The lowest seat that nobody has on any day of the period; call it under the lock on the slot."""
    free = free_seats(slot_id=slot_id, seats=seats, starts_on=starts_on, ends_on=ends_on)
    return free[0] if free else None


def free_seats(
    *, slot_id: int, seats: int, starts_on: date, ends_on: date, among: PlacementQuerySet | None = None
) -> list[int]:
    """The seats that nobody has on any day of the period, by number; call it under the lock on the slot.

    `among` leaves out of account what is not in it.
    """
    rows = Placement.objects.all() if among is None else among
    taken = set(
        rows.seated()
        .filter(slot=slot_id, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .values_list("seat_no", flat=True)
    )
    return [number for number in range(1, seats + 1) if number not in taken]
