"""Who may change a group and who sits in it, and what can be done with a seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import periods
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.enums import Perspective
from partnerships.models import Group, GroupSeat
from partnerships.models.groups import HAS_A_CHAIR, HAS_A_SECRETARY, OBSERVERS_HOLD_NO_OFFICE
from partnerships.rules.partnerships import can_coordinate, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

HAS_ENDED = not_now(_("This group has ended."))
IS_FULL = not_now(_("This group is full. End a seat first, or make the group larger."))


def can_change(actor: Actor, group: Group) -> Verdict:
    """Change its name, mandate, size and days: for its chair and secretary, and for coordinators; as long as it runs."""
    if group.pk not in actor.presides and not can_coordinate(actor, group.partnership):
        return deny(
            _("Only a coordinator of this partnership, or the chair or secretary of this group, can do this.")
        )
    return HAS_ENDED if group.is_over else goes_on(group.partnership)


def can_change_kind(actor: Actor, group: Group) -> Verdict:
    """Say what kind of group it is: for coordinators, since whoever chairs the steering group writes for all."""
    return can_coordinate(actor, group.partnership)


def can_seat(actor: Actor, group: Group) -> Verdict:
    """Give and end seats: for coordinators."""
    return can_coordinate(actor, group.partnership)


def has_room(group: Group, seats: Iterable[GroupSeat], seat: GroupSeat) -> Verdict:
    """Whether this seat fits beside these: in the group, and for a delegate of the organisation (story E-08).

    Observers and the secretary do not count for the largest size, and observers are no delegates.
    """
    if group.is_over:
        return HAS_ENDED
    others = [other for other in seats if not other.is_observer]
    if seat.counts and group.max_size and sum(other.counts for other in others) >= group.max_size:
        return IS_FULL
    if seat.is_observer or seat.perspective != Perspective.DELEGATE:
        return ALLOW
    own = [other for other in others if other.organisation_id == seat.organisation_id]
    delegates = [other for other in own if other.perspective == Perspective.DELEGATE]
    if len(delegates) >= group.delegates_per_organisation:
        return not_now(_("This organisation already has its delegates in this group."))
    return ALLOW


def has_office_free(seats: Iterable[GroupSeat], *, is_chair: bool, is_secretary: bool) -> Verdict:
    """Whether nobody in these seats is what someone is to become: a group has one chair and one secretary."""
    for seat in seats:
        if is_chair and seat.is_chair:
            return not_now(HAS_A_CHAIR)
        if is_secretary and seat.is_secretary:
            return not_now(HAS_A_SECRETARY)
    return ALLOW


def can_expect(group: Group, delegates: Iterable[int], voices: Iterable[int]) -> Verdict:
    """Whether a group can expect so many of each organisation and of each voice; asks nothing about people."""
    most, numbers = group.delegates_per_organisation, list(delegates)
    if any(number > most for number in numbers):
        return not_now(
            format_lazy(
                _(
                    "An organisation sends {most} at most. Choose a lower number, or more delegates per organisation."
                ),
                most=most,
            )
        )
    expected = sum(numbers) + sum(voices)
    if group.max_size and expected > group.max_size:
        return not_now(
            format_lazy(
                _(
                    "The group expects {number} people and has room for {most}. Make it larger, or expect fewer."
                ),
                number=expected,
                most=group.max_size,
            )
        )
    return ALLOW


def can_change_office(seat: GroupSeat | None) -> Verdict:
    """Make who sits there chair or secretary, or no longer so; `seat` is None for one that is not of this group."""
    verdict = can_end_seat(seat)
    if seat is None or not verdict:
        return verdict
    return not_now(OBSERVERS_HOLD_NO_OFFICE) if seat.is_observer else ALLOW


def has_room_without_office(group: Group, seats: Iterable[GroupSeat], seat: GroupSeat) -> Verdict:
    """Whether the secretary can sit in the group as anyone does, beside these seats: from then on that seat counts."""
    counting = sum(other.counts for other in seats if other != seat)
    return IS_FULL if group.max_size and seat.is_secretary and counting >= group.max_size else ALLOW


def can_end_seat(seat: GroupSeat | None) -> Verdict:
    """End a seat that has not ended; `seat` is None for one that is not of this group."""
    return not_now(_("This seat had already ended.")) if seat is None or periods.is_over(seat) else ALLOW
