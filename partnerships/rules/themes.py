"""Who changes the themes of a partnership: those who write for it, as long as it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import endings
from core.access import ALLOW, Verdict, not_now
from core.models import StateChange
from partnerships.models import PartnershipTheme
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

HAS_ENDED = not_now(_("This theme has ended."))


def can_change(actor: Actor, theme: PartnershipTheme) -> Verdict:
    """Call it otherwise, and change its shared theme and its days."""
    verdict = HAS_ENDED if theme.is_over else goes_on(theme.partnership)
    return can_write(actor, theme.partnership) and verdict


def can_end(actor: Actor, theme: PartnershipTheme) -> Verdict:
    """End one that has not ended."""
    return can_write(actor, theme.partnership) and (HAS_ENDED if theme.is_over else ALLOW)


def can_reopen(actor: Actor, theme: PartnershipTheme, act: StateChange | None) -> Verdict:
    """Let one go on that was ended lately; `act` is its end."""
    verdict = can_write(actor, theme.partnership) and goes_on(theme.partnership)
    return verdict and endings.permits_take_back(theme, act)
