"""Seats in the groups of a partnership: given and ended, one after the other for each group."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import periods
from partnerships.enums import Perspective
from partnerships.models import Group, GroupSeat, Membership
from partnerships.models.groups import SITS_ALREADY
from partnerships.rules.groups import can_end_seat


@transaction.atomic
def give_seat(
    *,
    group_id: int,
    membership: Membership,
    perspective: Perspective | str,
    is_observer: bool,
    is_chair: bool,
) -> GroupSeat:
    """Give a person a seat in a group, in the name of the organisation of one of the person's memberships (story E-08).

    Observers count neither for the size of the group nor among the delegates. Raises
    ValidationError when the person already sits there, the group is full, or the organisation has its delegates.
    """
    group = Group.objects.select_for_update(of=("self",), no_key=True).get(pk=group_id)
    seats = list(group.seats.running().order_by("pk"))
    if any(seat.person_id == membership.person_id for seat in seats):
        raise ValidationError(SITS_ALREADY)
    if not is_observer:
        _refuse_when_full(group, seats, membership, perspective)
    return GroupSeat.objects.create(
        group=group,
        person_id=membership.person_id,
        organisation_id=membership.organisation_id,
        perspective=perspective,
        is_observer=is_observer,
        is_chair=is_chair,
    )


def _refuse_when_full(group: Group, seats: list[GroupSeat], membership: Membership, perspective: str) -> None:
    """Raises ValidationError when no seat is left for this person: in the group, or for the organisation."""
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
    """End a seat of a group, from this moment on. Raises ValidationError when it had ended before."""
    seats = GroupSeat.objects.select_for_update(of=("self",), no_key=True).filter(group=group_id)
    seat = seats.filter(public_id=public_id).first()
    verdict = can_end_seat(seat)
    if seat is None or not verdict:
        raise ValidationError(str(verdict.reason))
    periods.end(seat)
