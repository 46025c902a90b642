"""Slots: only the employer's own people work on them. The services ask these rules again under their lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import states
from core.access import ALLOW, Verdict, not_now
from partnerships.rules.organisations import can_act_for, takes_on
from placements.enums import SlotState

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models import Slot


def can_change_slot(actor: Actor, slot: Slot) -> Verdict:
    """Change what a slot says or who may find it; a closed one is copied instead."""
    verdict = can_act_for(actor, slot.organisation_id)
    if verdict and slot.state == SlotState.CLOSED:
        return not_now(_("This training place is closed. Copy it to offer it again."))
    return verdict


def can_publish_slot(actor: Actor, slot: Slot) -> Verdict:
    """Put a draft online; whether it is complete is for the service to say."""
    return can_act_for(actor, slot.organisation_id) and states.permits(slot, "publish") and _goes_on(slot)


def can_confirm_slot(actor: Actor, slot: Slot) -> Verdict:
    """Say that an online slot still stands."""
    verdict = can_act_for(actor, slot.organisation_id)
    if verdict and slot.state != SlotState.ONLINE:
        return not_now(_("Only a training place that is online can be confirmed."))
    return verdict and _goes_on(slot)


def can_close_slot(actor: Actor, slot: Slot) -> Verdict:
    """Take a slot offline for good, or until it is reopened."""
    return can_act_for(actor, slot.organisation_id) and states.permits(slot, "close")


def can_discard_slot(actor: Actor, slot: Slot) -> Verdict:
    """Throw a place away that was never online."""
    verdict = can_act_for(actor, slot.organisation_id)
    if verdict and slot.state != SlotState.DRAFT:
        return not_now(_("This training place has been online. You can close it, not delete it."))
    return verdict


def can_reopen_slot(actor: Actor, slot: Slot) -> Verdict:
    """Put a closed slot online again while its period runs."""
    return can_act_for(actor, slot.organisation_id) and states.permits(slot, "reopen") and _goes_on(slot)


def takes_students(slot: Slot) -> Verdict:
    """Whether students are proposed for a slot and placed on it now; asks nothing about people."""
    if slot.state != SlotState.ONLINE or slot.is_over:
        return not_now(_("This training place is not online any more."))
    return where_takes_on(slot)


def takes_proposals(slot: Slot, open_now: int) -> Verdict:
    """Whether one more student can be proposed beside those whose proposals wait for an answer."""
    if open_now < slot.most_open:
        return ALLOW
    return not_now(
        format_lazy(
            ngettext_lazy(
                "{number} student is proposed for this training place already."
                " First wait for an answer, or choose another training place.",
                "{number} students are proposed for this training place already."
                " First wait for an answer, or choose another training place.",
                open_now,
            ),
            number=open_now,
        )
    )


def where_takes_on(slot: Slot) -> Verdict:
    """Whether anything new begins where a slot is: its location is open, its partnership and organisation have not ended."""
    if slot.location.is_closed:
        return not_now(_("The location of this training place is closed. Choose another location."))
    if slot.partnership.is_over:
        return not_now(_("The partnership of this training place has ended, so nothing new begins there."))
    return takes_on(slot.organisation)


def _goes_on(slot: Slot) -> Verdict:
    if slot.is_over:
        return not_now(_("The period of this training place is over. Copy it to offer it again."))
    return where_takes_on(slot)
