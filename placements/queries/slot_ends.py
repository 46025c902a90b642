"""What hangs on the slots that close, in sentences for the page that asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from core import states, versions
from core.dates import today
from core.lookups import keys_of
from core.models import StateChange
from partnerships.models import Location, Member, Partnership
from placements.enums import PlacementState, SlotState
from placements.models import Match, Placement, Slot
from placements.models.slots import SlotQuerySet
from students.models.enrolments import UNDO_DAYS


def closing_edition(slot: Slot, staying: Iterable[tuple[int, int]]) -> str:
    """What the page shows that asks to close: another one when the place, who is on it or until when changed.

    `staying` are the placements in use, each by its key and its version.
    """
    return ".".join([versions.of(slot), *(f"{pk}-{version}" for pk, version in sorted(staying))])


def still_leaving(act: StateChange) -> list[str | Promise]:
    """Who leaves as was chosen when the place closed by `act`, as far as that can be taken back: a number, no names."""
    lately = timezone.now() - dt.timedelta(days=UNDO_DAYS)
    ended = [int(pk) for pk in states.caused(act, Placement).values_list("object_id", flat=True)]
    chosen = Placement.objects.filter(pk__in=ended)
    number = chosen.filter(Q(state=PlacementState.ENDING) | Q(ended_at__gte=lately)).count()
    words = ngettext_lazy(
        "{number} student leaves as was chosen when this training place closed. Does this student stay? Take that back on"
        " the page of the placement.",
        "{number} students leave as was chosen when this training place closed. Does one of them stay? Take that back on"
        " the page of the placement.",
        "number",
    )
    return [str(words % {"number": number}).format(number=number)] if number else []


def follows_for_member(member: Member) -> list[str | Promise]:
    """What closes when an organisation leaves a partnership, and who stays: numbers, for a coordinator reads no names."""
    return _follows(
        Slot.objects.filter(organisation=member.organisation_id, partnership=member.partnership_id)
    )


def follows_for_partnership(partnership: Partnership) -> list[str | Promise]:
    """The same when a partnership is closed."""
    return _follows(Slot.objects.filter(partnership=partnership))


def follows_for_location(location: Location) -> list[str | Promise]:
    """The same when a location is closed."""
    return _follows(Slot.objects.filter(location=location))


def _follows(offered: SlotQuerySet) -> list[str | Promise]:
    online = offered.filter(state=SlotState.ONLINE)
    counted = (
        (
            online.count(),
            ngettext_lazy(
                "{number} training place is closed.", "{number} training places are closed.", "number"
            ),
        ),
        (
            Match.objects.open().filter(slot__in=keys_of(online)).count(),
            ngettext_lazy(
                "{number} proposal ends; those in it are told.",
                "{number} proposals end; those in them are told.",
                "number",
            ),
        ),
        (
            Placement.objects.live().filter(slot__in=keys_of(offered), ends_on__gte=today()).count(),
            ngettext_lazy(
                "{number} student stays until the agreed day; student and school are told.",
                "{number} students stay until the agreed day; students and schools are told.",
                "number",
            ),
        ),
    )
    return [str(words % {"number": number}).format(number=number) for number, words in counted if number]


def closing_editions(slots: Collection[Slot]) -> dict[int, tuple[str, int]]:
    """Of each place what is read before it closes and how many are on it, by key, in one query."""
    using: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = Placement.objects.live().filter(slot__in=[slot.pk for slot in slots], ends_on__gte=today())
    for slot_id, pk, version in rows.values_list("slot", "pk", "row_version"):
        using[slot_id].append((pk, version))
    return {slot.pk: (closing_edition(slot, using[slot.pk]), len(using[slot.pk])) for slot in slots}
