"""Who changes the action lines and themes of a partnership: those who write for it, as long as it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import endings
from core.access import ALLOW, Verdict, not_now
from core.models import StateChange
from partnerships.models import ActionLine, PartnershipTheme
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

Part = ActionLine | PartnershipTheme
HAS_ENDED = {
    ActionLine: not_now(_("This action line has ended.")),
    PartnershipTheme: not_now(_("This theme has ended.")),
}


def can_make(actor: Actor, part: Part) -> Verdict:
    """Add one to its partnership."""
    return can_write(actor, part.partnership) and goes_on(part.partnership)


def can_change(actor: Actor, part: Part) -> Verdict:
    """Change its texts, its days and what it belongs to."""
    verdict = HAS_ENDED[type(part)] if part.is_over else goes_on(part.partnership)
    return can_write(actor, part.partnership) and verdict


def can_end(actor: Actor, part: Part) -> Verdict:
    """End one that has not ended."""
    return can_write(actor, part.partnership) and (HAS_ENDED[type(part)] if part.is_over else ALLOW)


def can_reopen(actor: Actor, part: Part, act: StateChange | None) -> Verdict:
    """Let one go on that was ended lately; `act` is its end."""
    return can_make(actor, part) and endings.permits_take_back(part, act)
