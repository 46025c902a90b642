"""Groups with who sits in them and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import endings
from partnerships.actors import Actor
from partnerships.models import Affiliation, Group, GroupSeat, Partnership
from partnerships.models.expectations import Missing
from partnerships.presenters.spaces import space_of
from partnerships.presenters.spots import ON_GROUP
from partnerships.queries.organisations import members_today
from partnerships.rules.closings import can_close_group
from partnerships.rules.groups import can_change
from partnerships.rules.partnerships import can_coordinate
from ui.history import dated_trail
from ui.pages import Page


@dataclass(frozen=True)
class GroupRow:
    """A group in a list: how many sit in it, and who is not at the table yet."""

    group: Group
    size: int
    counted: int  # for its largest size: observers and the secretary do not
    missing: Missing

    @property
    def voices(self) -> str:
        """The voices that are too few, in words."""
        return ", ".join(lacking.name for lacking in self.missing.voices)


def rows_of(groups: Sequence[Group]) -> list[GroupRow]:
    """The rows for groups of one partnership, of `with_expected`; its members and their seats are read once for all."""
    if not groups:
        return []
    members = list(members_today(groups[0].partnership_id))
    seats = list(GroupSeat.objects.running().filter(group__in=groups).with_held())
    rows = []
    for group in groups:
        own = [seat for seat in seats if seat.group_id == group.pk]
        rows.append(GroupRow(group, len(own), sum(seat.counts for seat in own), group.missing(members, own)))
    return rows


@dataclass(frozen=True)
class MandateRow:
    """A group as every member of its partnership knows it; `opens` for whoever may see who sits there."""

    group: Group
    opens: bool


def mandates_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """The page of what the groups of a partnership are for."""
    coordinates = bool(can_coordinate(actor, partnership))
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "page": page,
        "rows": [MandateRow(group, coordinates or group.pk in actor.groups) for group in page],
    }


def detail_context(actor: Actor, group: Group, seats: Sequence[GroupSeat]) -> dict[str, Any]:
    """The page of a group; a coordinator of its partnership comes from another list and gives seats."""
    members = members_today(group.partnership_id)
    coordinates = can_coordinate(actor, group.partnership)
    may_change = can_change(actor, group)
    ended, left = _ended(group, seats) if coordinates else ([], [])
    own_list = reverse("partnerships:group-list")
    all_groups = reverse("partnerships:coordination-groups", args=[group.partnership.slug])
    return {
        "space": "coordinator",
        "belongs_under": all_groups if coordinates else own_list,
        "group": group,
        "seats": seats,
        "sections": ON_GROUP.of(group, actor),
        "missing": group.missing(members, seats),
        "coordinates": coordinates,
        "may_change": may_change,
        "ended": ended,
        # Who sat there and whose seat ended longer ago is asked again by whoever throws it away.
        "left": left,
        "may_discard": coordinates and not seats and not ended,
        "may_close": can_close_group(actor, group),
        "may_reopen": coordinates
        and group.ended_at
        and endings.permits_take_back(group, endings.last_end(group)),
        "history": dated_trail(group) if coordinates or may_change else (),
    }


def _ended(
    group: Group, seats: Sequence[GroupSeat]
) -> tuple[list[endings.Ended], list[tuple[endings.Ended, GroupSeat]]]:
    """The seats that ended lately; and who sits there and takes part no more, with the seat that opens again then."""
    rows = list(endings.of_late(GroupSeat.objects.filter(group=group).for_list()))
    sits = {seat.affiliation: seat for seat in seats if seat.affiliation and seat.affiliation.ended_at}
    found = endings.among([*rows, *sits])
    left = [(one, sits[one.row]) for one in found if isinstance(one.row, Affiliation)]
    sitting = {seat.person_id for seat in seats}  # who got another office sits there in another seat
    return [one for one in found if isinstance(one.row, GroupSeat) and one.row.person_id not in sitting], left
