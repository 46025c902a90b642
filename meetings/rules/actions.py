"""Who gives an action, and who says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny
from meetings.models import Action
from meetings.rules.meetings import can_preside

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_change(actor: Actor, action: Action) -> Verdict:
    """Give it to someone else or another day: for who runs the table that it came from."""
    return can_preside(actor, action.partnership, action.group) and states.permits(action, "finish")


def can_work_on(actor: Actor, action: Action) -> Verdict:
    """Say that it is begun, done or not needed any more: for its owner, and for who runs the table."""
    if action.owner_id != actor.person_id and not can_preside(actor, action.partnership, action.group):
        return deny(
            _("Only the person who does this action, or whoever runs the meeting it came from, can do this.")
        )
    return ALLOW


def can_take(actor: Actor, action: Action) -> Verdict:
    """Say that it is begun."""
    return can_work_on(actor, action) and states.permits(action, "take")


def can_finish(actor: Actor, action: Action) -> Verdict:
    """Say that it is done, and what became of it."""
    return can_work_on(actor, action) and states.permits(action, "finish")


def can_lapse(actor: Actor, action: Action) -> Verdict:
    """Say that it is not needed any more, and why."""
    return can_work_on(actor, action) and states.permits(action, "lapse")
