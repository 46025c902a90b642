"""Slots: only the employer's own people work on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from core.dates import today
from core.states import allowed
from placements.models.slots import SLOT_ROLES

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models import Slot

_NOT_YOURS = _("Only managers, contact persons and practice trainers of the employer work on places.")


def can_manage_places(actor: Actor, organisation_id: int) -> Verdict:
    """Offer places, name supervisors and copy earlier places, for one organisation."""
    return ALLOW if actor.has_role(organisation_id, *SLOT_ROLES) else deny(_NOT_YOURS)


def can_change_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_manage_places(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not (allowed(slot, "publish") or allowed(slot, "close")):
        return deny(_("This place is closed. Copy it to offer it again."))
    return ALLOW


def can_publish_slot(actor: Actor, slot: Slot) -> Verdict:
    """Put a draft online; whether it is complete is for the service to say."""
    verdict = can_manage_places(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not allowed(slot, "publish"):
        return deny(_("This place is not a draft any more."))
    return _not_over(slot)


def can_confirm_slot(actor: Actor, slot: Slot) -> Verdict:
    """Say that an online place still stands."""
    verdict = can_manage_places(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if slot.state != slot.TRANSITIONS["publish"][1]:
        return deny(_("Only a place that is online can be confirmed."))
    return _not_over(slot)


def can_close_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_manage_places(actor, slot.organisation_id)
    if not verdict:
        return verdict
    return ALLOW if allowed(slot, "close") else deny(_("This place is already closed."))


def can_reopen_slot(actor: Actor, slot: Slot) -> Verdict:
    verdict = can_manage_places(actor, slot.organisation_id)
    if not verdict:
        return verdict
    if not allowed(slot, "reopen"):
        return deny(_("This place is not closed."))
    return _not_over(slot)


def _not_over(slot: Slot) -> Verdict:
    if slot.ends_on < today():
        return deny(_("The period of this place is over. Copy it to offer it again."))
    return ALLOW
