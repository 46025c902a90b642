"""Who changes an action line: those who write for its partnership, as long as it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import endings
from core.access import ALLOW, Verdict, not_now
from core.models import StateChange
from partnerships.models import ActionLine
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

HAS_ENDED = not_now(_("This action line has ended."))


def can_change(actor: Actor, line: ActionLine) -> Verdict:
    """Change its number, texts, owner, group and days."""
    return can_write(actor, line.partnership) and (HAS_ENDED if line.is_over else goes_on(line.partnership))


def can_end(actor: Actor, line: ActionLine) -> Verdict:
    """End one that has not ended."""
    return can_write(actor, line.partnership) and (HAS_ENDED if line.is_over else ALLOW)


def can_reopen(actor: Actor, line: ActionLine, act: StateChange | None) -> Verdict:
    """Let one go on that was ended lately; `act` is its end."""
    verdict = can_write(actor, line.partnership) and goes_on(line.partnership)
    return verdict and endings.permits_take_back(line, act)
