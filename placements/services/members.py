"""What becomes of places when their organisation leaves, a partnership or location closes, and that is taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from accounts.mail import letters
from core import states
from core.models import StateChange
from core.text import Linked
from core.versions import NO_PAGE
from partnerships.actors import Actor
from placements.enums import SlotState
from placements.mail import slots as mail
from placements.models import Slot
from placements.models.slots import SlotQuerySet
from placements.queries.online import can_be_online
from placements.rules.slots import where_takes_on
from placements.services import locks, slots


@transaction.atomic
def close_slots(*, offered: SlotQuerySet, reason: str, by: Actor, act: StateChange) -> None:
    """Close what is offered there; open proposals end, and students who are placed stay and are told."""
    online = offered.filter(state=SlotState.ONLINE)
    with mail.parties_slots_closed_there(reason=reason, act=act):
        for pk in locks.slots(online):
            slots.close(slot_id=pk, reason=reason, by=by, cause=act, read=NO_PAGE)


@transaction.atomic
def reopen_slots(*, by: Actor, act: StateChange, undo: StateChange) -> list[str | Promise]:
    """It was taken back: the places are online again, with the proposals that can still be answered.

    Gives sentences on what stays as it was, which its readers were told.
    """
    lost: list[str | Promise] = []
    closed = list(states.caused(act, Slot).order_by("pk"))
    locks.to_open_again(Slot.objects.filter(pk__in=[int(change.object_id) for change in closed]))
    with letters.reader_acts_taken_back(by=str(undo.by)):
        for change in closed:
            slot = locks.slot(int(change.object_id))
            if states.last_act(slot) != change:  # its employer did something with it since
                continue
            if not (
                verdict := where_takes_on(slot) and can_be_online(slot)
            ):  # closed for one more reason by now
                lost.append(_stays_closed(slot, str(verdict.reason)))
                continue
            back = states.take_back(slot, change, by=by.person_id, cause=undo)
            mail.parties_slot_open_again(slot, back.mailed, by=str(back.change.by))
            lost += slots.bring_back(act=change, undo=back.change, by=by)
    return lost


def _stays_closed(slot: Slot, why: str) -> str | Promise:
    """Who takes it back is mostly not who offers the place, so it says what its employer can do."""
    words = gettext_lazy("The training place {slot} did not come back: {why}")
    if slot.is_over:
        why = gettext("its period is over. The employer can copy it and give the copy other dates.")
    return Linked(str(format_lazy(words, slot=slot.title, why=why)), slot.get_absolute_url())
