"""What hangs on the slots that close, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from core.dates import today
from partnerships.models import Member, Partnership
from placements.enums import SlotState
from placements.models import Match, Placement, Slot
from placements.models.slots import SlotQuerySet


def follows_for_member(member: Member) -> list[str | Promise]:
    """What closes when an organisation leaves a partnership, and who stays: numbers, for a coordinator reads no names."""
    return _follows(
        Slot.objects.filter(organisation=member.organisation_id, partnership=member.partnership_id)
    )


def follows_for_partnership(partnership: Partnership) -> list[str | Promise]:
    """The same when a partnership is closed."""
    return _follows(Slot.objects.filter(partnership=partnership))


def _follows(offered: SlotQuerySet) -> list[str | Promise]:
    online = offered.filter(state=SlotState.ONLINE)
    counted = (
        (
            online.count(),
            ngettext_lazy("{number} place is closed.", "{number} places are closed.", "number"),
        ),
        (
            Match.objects.open().filter(slot__in=online).count(),
            ngettext_lazy(
                "{number} proposal ends; those in it are told.",
                "{number} proposals end; those in them are told.",
                "number",
            ),
        ),
        (
            Placement.objects.live().filter(slot__in=offered, ends_on__gte=today()).count(),
            ngettext_lazy(
                "{number} student stays until the agreed day; student and school are told.",
                "{number} students stay until the agreed day; students and schools are told.",
                "number",
            ),
        ),
    )
    return [str(words % {"number": number}).format(number=number) for number, words in counted if number]
