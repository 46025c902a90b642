"""Seats in a group: given under a lock, ended with a date."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import periods
from partnerships.enums import Perspective
from partnerships.models import Group, GroupSeat, Membership


@transaction.atomic
def give_seat(
    *,
    group_id: int,
    membership: Membership,
    perspective: Perspective | str,
    is_observer: bool,
    is_chair: bool,
) -> GroupSeat:
    """Give a person of a member organisation a seat; refused when the group is full (story E-08).

    Raises ValidationError when the person already sits there, the group is full, or the organisation has its delegates.
    """
    group = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group_id)
    seats = list(group.seats.running().order_by("pk"))
    if any(seat.user_id == membership.user_id for seat in seats):
        raise ValidationError(_("This person already sits in this group."))
    if not is_observer:
        _refuse_when_full(group, seats, membership, perspective)
    return GroupSeat.objects.create(
        group=group,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        perspective=perspective,
        is_observer=is_observer,
        is_chair=is_chair,
    )


def _refuse_when_full(group: Group, seats: list[GroupSeat], membership: Membership, perspective: str) -> None:
    taken = [seat for seat in seats if not seat.is_observer]
    if group.max_size and len(taken) >= group.max_size:
        raise ValidationError(_("This group is full. End a seat first, or make the group larger."))
    delegates = [
        seat
        for seat in taken
        if seat.perspective == Perspective.DELEGATE and seat.organisation_id == membership.organisation_id
    ]
    if perspective == Perspective.DELEGATE and len(delegates) >= group.delegates_per_organisation:
        raise ValidationError(_("This organisation already has its delegates in this group."))


@transaction.atomic
def end_seat(*, group_id: int, public_id: UUID | str) -> None:
    """End a seat of the group from today on; one that began today leaves no trace.

    Raises ValidationError when it had ended before, with or without a trace.
    """
    seats = GroupSeat.objects.select_for_update(of=("self",), no_key=True).filter(group=group_id)
    seat = seats.filter(public_id=public_id).first()
    if seat is None or periods.is_over(seat):
        raise ValidationError(_("This seat had already ended."))
    periods.end(seat)
