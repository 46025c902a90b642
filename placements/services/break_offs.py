"""Placements that end early, on a day that is chosen, and go on after all when that is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.mail import letters
from core import changes, states, versions
from core.access import ensure
from core.dates import today
from core.models import StateChange
from core.versions import NO_PAGE, Changed
from partnerships.actors import Actor, id_of
from placements.enums import PlacementKind, PlacementState
from placements.mail import placements as mail
from placements.models import Placement, Slot
from placements.models.placements import HAS_PLACE_THEN
from placements.queries.break_offs import days_before, standing_act
from placements.queries.people import parties_of
from placements.queries.placed import has_ordinary_place
from placements.queries.seats import free_seats
from placements.rules import placements as rules
from placements.services import locks
from placements.services.placements import SlotFull
from placements.signals import placement_broken_off, placement_restored


@transaction.atomic
def break_off(
    *,
    placement_id: int,
    reason: str,
    by: Actor | None,
    last_day: date | None = None,
    cause: StateChange | None = None,
    read: str | None,
) -> Placement:
    """End a placement early: `last_day`, today when none is given, is the last one. All are told.

    On a day to come it runs until then and says so; on one that has come it is over at once, and so is the access to
    the plan. The seat is free the day after. One that had not begun by then does not go ahead. The agreement ends by
    the signal. `cause` is the change it follows from, such as the student leaving.
    """
    placement = locks.placement(placement_id, by)
    day = today() if last_day is None else last_day
    versions.ensure(read, placement)
    if cause is None and by is not None:
        ensure(rules.can_break_off(by, placement))
        if not (verdict := rules.permits_last_day(placement, day)):
            raise ValidationError({"last_day": str(verdict.reason)})
    _end(placement, day, placement.would_end_on or placement.ends_on, reason=reason, by=by, cause=cause)
    return placement


@transaction.atomic
def given_away(*, placement_id: int, ends_on: date, reason: str, cause: StateChange) -> Placement:
    """The days until `ends_on` were given to others, so the placement ends on the last day that it has now.

    One that was to begin in days that are not agreed to, while those before are given away, does not go ahead.
    """
    placement = locks.placement(placement_id)
    if placement.state == PlacementState.COMPLETED:
        states.advance(placement, "resume", by=None, reason=reason, cause=cause)
    day = placement.ends_on if placement.ends_on < ends_on else today()
    _end(placement, day, max(ends_on, placement.ends_on), reason=reason, by=None, cause=cause)
    return placement


def _end(
    placement: Placement,
    day: date,
    planned: date,
    *,
    reason: str,
    by: Actor | None,
    cause: StateChange | None,
) -> None:
    """The placement ends on the day instead of on the one that was planned: all are told."""
    action, values = _act(placement, day, planned)
    before = changes.stored(placement)
    subject = placement.student.public_id
    act = states.advance(
        placement, action, by=id_of(by), reason=reason, cause=cause, subject=subject, **values
    )
    changes.record(placement, before, by=id_of(by), reason=reason, subject=subject, act=act)
    placement_broken_off.send(
        Placement, placement=placement, last_day=min(day, placement.ends_on), reason=reason, by=by, cause=act
    )
    mail.parties_placement_broken_off(placement, act)


@transaction.atomic
def with_slot(*, slot: Slot, leaving: Mapping[int, date], reason: str, by: Actor, act: StateChange) -> None:
    """The students who leave as their place closes by `act`: for each placement, by its key, the last day."""
    for placement_id, last_day in sorted(leaving.items()):
        placement = locks.placement(placement_id, by)
        if placement.slot_id != slot.pk:
            raise Changed
        ensure(rules.can_break_off(by, placement))
        ensure(rules.permits_last_day(placement, last_day))
        break_off(placement_id=placement_id, reason=reason, by=by, last_day=last_day, cause=act, read=NO_PAGE)


def _act(placement: Placement, day: date, planned: date) -> tuple[str, dict[str, Any]]:
    """What happens to a placement whose last day is this one, and the fields that change with it."""
    now = timezone.now()
    if day < placement.starts_on and placement.starts_on > today():
        return "cancel", {"ended_at": now, "would_end_on": None}
    values: dict[str, Any] = {"would_end_on": planned, "ends_on": min(max(day, placement.starts_on), planned)}
    if day > today():
        return "announce", values
    return "break_off", {**values, "ended_at": now}


@transaction.atomic
def take_back(*, placement_id: int, by: Actor, read: str | None) -> Placement:
    """Whoever could end the placement lets it go on after all, within 14 days of its last day."""
    locks.around(placement_id)
    placement = locks.placement(placement_id, by)
    versions.ensure(read, placement)
    act = standing_act(placement)
    ensure(rules.can_take_back_break_off(by, placement, act))
    return placement if act is None else restore(act=act, by=by)


@transaction.atomic
def restore(*, act: StateChange, by: Actor | None, cause: StateChange | None = None) -> Placement:
    """The placement goes on after all, on its own seat or another free one; who was told hears of it.

    `cause` takes back what `act` followed from. Refused when every seat, or the student, is taken in the period, and
    when the student is not enrolled any more.
    """
    placement_id = int(act.object_id)
    slot = locks.around(placement_id)
    placement = locks.placement(placement_id)
    ensure(rules.permits_going_on(placement))
    ends_on, would_end_on = days_before(placement, act)
    since = rules.undo_from(placement, act)
    values: dict[str, Any] = {"ended_at": None, "would_end_on": would_end_on, "ends_on": ends_on}
    values["seat_no"] = _seat(placement, slot.seats, ends_on)
    before = changes.stored(placement)
    last = states.last_act(placement)
    if last is not None and last.action == "leave" and last.cause_id == act.pk:
        states.take_back(placement, last, by=id_of(by), cause=cause, since=since, ended_at=None)
    back = states.take_back(placement, act, by=id_of(by), cause=cause, since=since, **values)
    subject = placement.student.public_id
    changes.record(placement, before, by=id_of(by), subject=subject, act=back.change)
    placement_restored.send(Placement, placement=placement, by=by, act=act, undo=back.change)
    letters.taken_back(back.mailed, by=str(back.change.by or ""), among=parties_of(placement))
    return placement


def _seat(placement: Placement, seats: int, ends_on: date) -> int:
    """Its own seat or another that is free for the days that come back."""
    starts_on = placement.starts_on
    others = Placement.objects.exclude(pk=placement.pk)
    if placement.kind == PlacementKind.ORDINARY and has_ordinary_place(
        placement.student_id, starts_on, ends_on, among=others
    ):
        raise ValidationError(HAS_PLACE_THEN, code="placed")
    free = free_seats(
        slot_id=placement.slot_id, seats=seats, starts_on=starts_on, ends_on=ends_on, among=others
    )
    if not free:
        raise SlotFull
    return placement.seat_no if placement.seat_no in free else free[0]
