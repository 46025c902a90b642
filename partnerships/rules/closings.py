"""Groups and partnerships are closed by the coordinators, calls by whoever writes them; drafts are thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from core.states import permits
from partnerships.enums import InitiativePhase
from partnerships.models import Call, Group, Initiative, Partnership
from partnerships.rules.groups import HAS_ENDED
from partnerships.rules.partnerships import can_coordinate, can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_close_group(actor: Actor, group: Group) -> Verdict:
    """Close a group that has not ended."""
    return can_coordinate(actor, group.partnership) and (HAS_ENDED if group.is_over else ALLOW)


def can_close_call(actor: Actor, call: Call) -> Verdict:
    """Close a published call before its last day."""
    verdict = can_write(actor, call.partnership) and permits(call, "close")
    if verdict and not call.is_open:
        return not_now(_("Nobody can sign up for this call now, so there is nothing to close."))
    return verdict


def can_close_partnership(actor: Actor, partnership: Partnership) -> Verdict:
    """Close a partnership that has not ended."""
    return can_coordinate(actor, partnership) and goes_on(partnership)


def can_discard_group(actor: Actor, group: Group, *, was_used: bool) -> Verdict:
    """Throw a group away in which nobody ever sat; `was_used`: whether someone did."""
    verdict = can_coordinate(actor, group.partnership)
    if verdict and was_used:
        return not_now(_("People have been in this group. You can close it, not delete it."))
    return verdict


def can_discard_call(actor: Actor, call: Call, *, was_used: bool) -> Verdict:
    """Throw a call away that was never published and that nobody answered; `was_used`: whether it was."""
    verdict = can_write(actor, call.partnership)
    if verdict and (call.is_published or was_used):
        return not_now(_("This call has been public. You can close it, not delete it."))
    return verdict


def can_discard_initiative(actor: Actor, initiative: Initiative, *, was_used: bool) -> Verdict:
    """Throw an idea away that is not public and has no history; `was_used`: whether it has."""
    verdict = can_write(actor, initiative.partnership)
    if verdict and (initiative.is_published or was_used or initiative.state != InitiativePhase.IDEA):
        return not_now(_("Others have seen this initiative. You can stop it, not delete it."))
    return verdict
