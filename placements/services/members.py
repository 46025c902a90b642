"""What becomes of the places of an organisation that leaves a partnership, and comes back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.mail import letters
from core import states
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Member
from placements.enums import SlotState
from placements.models import Match, Slot
from placements.services import locks, matches, slots


@transaction.atomic
def close_slots(*, member: Member, by: Actor, act: StateChange) -> None:
    """Close what it offers there; open proposals end, and students who are placed stay and are told."""
    offered = Slot.objects.filter(
        organisation=member.organisation_id, partnership=member.partnership_id, state=SlotState.ONLINE
    )
    reason = _("The organisation has left the partnership.")
    for pk in offered.order_by("pk").values_list("pk", flat=True):
        slots.close(slot_id=pk, reason=reason, by=by, cause=act)


@transaction.atomic
def reopen_slots(*, by: Actor, act: StateChange, undo: StateChange) -> None:
    """It did not leave after all: its places are online again, with the proposals that can still be answered."""
    for change in states.caused(act, Slot).order_by("pk"):
        slot = locks.slot(int(change.object_id))
        if slot.state != SlotState.CLOSED:
            continue
        back = states.take_back(slot, change, by=by.person_id, cause=undo)
        letters.taken_back(back.mailed, by=str(back.change.by))
        for ended in states.caused(change, Match).order_by("pk"):
            _reopen_match(ended, by=by, undo=back.change)


def _reopen_match(ended: StateChange, *, by: Actor, undo: StateChange) -> None:
    """A proposal that cannot lead anywhere any more stays ended, which its readers were told."""
    try:
        with transaction.atomic():
            matches.take_back_expire(act=ended, by=by, cause=undo)
    except ValidationError:
        return
