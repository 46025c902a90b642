"""Slots: only the employer's own people work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from core.dates import today
from core.states import allowed
from partnerships.rules.organisations import can_act_for

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models import Slot


def can_change_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_act_for(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not (allowed(slot, "publish") or allowed(slot, "close")):
        return deny(_("This place is closed. Copy it to offer it again."))
    return ALLOW


def can_publish_slot(actor: Actor, slot: Slot) -> Verdict:
    """Put a draft online; whether it is complete is for the service to say."""
    verdict = can_act_for(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not allowed(slot, "publish"):
        return deny(_("This place is not a draft any more."))
    return _not_over(slot)


def can_confirm_slot(actor: Actor, slot: Slot) -> Verdict:
    """Say that an online place still stands."""
    verdict = can_act_for(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if slot.state != slot.TRANSITIONS["publish"][1]:
        return deny(_("Only a place that is online can be confirmed."))
    return _not_over(slot)


def can_close_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_act_for(actor, slot.organisation_id)
    if not verdict:
        return verdict
    return ALLOW if allowed(slot, "close") else deny(_("This place is already closed."))


def can_reopen_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_act_for(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not allowed(slot, "reopen"):
        return deny(_("This place is not closed."))
    return _not_over(slot)


def _not_over(slot: Slot) -> Verdict:
    if slot.ends_on < today():
        return deny(_("The period of this place is over. Copy it to offer it again."))
    return ALLOW
