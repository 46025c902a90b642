"""Seats in the groups of a partnership: given and ended, one after the other for each group."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from core import changes, endings, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.enums import Perspective
from partnerships.mail import members as mail
from partnerships.models import Group, GroupSeat, Membership
from partnerships.models.groups import SITS_ALREADY
from partnerships.rules import groups as rules
from partnerships.services.locks import group_under_lock


@transaction.atomic
def save(*, group: Group, by: Actor, version: str | None = None) -> Group:
    """Keep a group, new or changed; `version` is what was read of it. Raises ValidationError when another has the name."""
    with explained(group):
        versions.claim(version, group)
        changes.save(group, by=by.person_id)
    return group


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
    group = group_under_lock(group_id)
    seats = list(group.seats.running().order_by("pk"))
    if any(seat.person_id == membership.person_id for seat in seats):
        raise ValidationError(SITS_ALREADY)
    if not is_observer:
        ensure(rules.has_room(group, seats, membership.organisation_id, perspective))
    return GroupSeat.objects.create(
        group=group,
        person_id=membership.person_id,
        organisation_id=membership.organisation_id,
        perspective=perspective,
        is_observer=is_observer,
        is_chair=is_chair,
    )


@transaction.atomic
def end_seat(*, group_id: int, public_id: UUID | str, by: Actor) -> None:
    """End a seat of a group, from this moment on. Raises ValidationError when it had ended before."""
    seats = GroupSeat.objects.select_for_update(of=("self",), no_key=True).filter(group=group_id)
    seat = seats.select_related("group", "person__user").filter(public_id=public_id).first()
    verdict = rules.can_end_seat(seat)
    if seat is None or not verdict:
        raise ValidationError(str(verdict.reason))
    act = endings.end(seat, by=by.person_id, subject=seat.person.public_id)
    if by.person_id != seat.person_id:
        mail.person_seat_ended(seat, act)
