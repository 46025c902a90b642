"""Who sits where until when at an employer, by location, and which seats are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import today
from placements.enums import SlotState
from placements.models import Placement, Slot
from placements.presenters.slots import SlotRow
from ui.components import Location, Seat
from ui.languages import dutch

YEAR = timedelta(days=365)  # what a strip shows, from today


def locations_of(slots: Iterable[Slot], placements: Iterable[Placement], slug: str) -> list[Location]:
    """The locations of these slots, loaded `for_list`, and placements, loaded `with_seats`, by name.

    Free seats of a slot are one line, above those that are taken, since of a long list the rest is folded. A placement
    whose slot is over still has its line.
    """
    seats: dict[str, list[Seat]] = defaultdict(list)
    free: dict[str, list[Seat]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    taken: dict[str, int] = defaultdict(int)
    for placement in placements:
        seats[str(placement.location)].append(_taken(placement))
    for slot in slots:
        row, name = SlotRow(slot), str(slot.location)
        total[name] += slot.seats
        taken[name] += slot.seats - row.free
        if row.free and slot.state != SlotState.CLOSED:
            free[name].append(_free(row, slug))
    names = sorted({*seats, *total})
    return [
        Location(name, taken[name], max(total[name], taken[name]), free[name] + seats[name])
        for name in names
        if free[name] or seats[name]
    ]


def _taken(placement: Placement) -> Seat:
    begins = placement.starts_on if placement.starts_on > today() else None
    left, width = _strip(placement.starts_on, placement.ends_on)
    return Seat(
        name=placement.student.full_name,
        url=reverse("placement-detail", args=[placement.public_id]),
        note=placement.guide or _("no work supervisor"),
        since=begins,
        until=placement.ends_on,
        left=left,
        width=width,
    )


def _free(row: SlotRow, slug: str) -> Seat:
    words = ngettext("%(number)d seat free", "%(number)d seats free", row.free) % {"number": row.free}
    left, width = _strip(row.slot.starts_on, row.slot.ends_on)
    return Seat(
        name=dutch(row.slot.title),
        url=reverse("placements:slot-manage", args=[slug, row.slot.public_id]),
        note=f"{words}, {row.word}",
        since=row.slot.starts_on if row.slot.starts_on > today() else None,
        until=row.slot.ends_on,
        left=left,
        width=width,
        is_free=True,
    )


def _strip(first: date, last: date) -> tuple[int, int]:
    """From where to where in the year that comes, in whole per cent; never nothing, so that it is seen."""
    left = min(max((first - today()) / YEAR, 0), 0.98)
    right = min(max((last - today()) / YEAR, left + 0.02), 1)
    return round(left * 100), round((right - left) * 100)
