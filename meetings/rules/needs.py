"""Who brings a need to a partnership, and who answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny
from meetings.models import Need
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from core.models import StateChange
    from partnerships.actors import Actor


def can_voice(actor: Actor, partnership: Partnership) -> Verdict:
    """Bring a need: for everyone with a role at a member, as long as the partnership goes on."""
    if partnership.pk not in actor.inside:
        return deny(_("Only people of a member of this partnership can do this."))
    return goes_on(partnership)


def can_change(actor: Actor, need: Need) -> Verdict:
    """Change what one brought, until it is on an agenda or answered: for who brought it."""
    if need.person_id != actor.person_id:
        return deny(_("Only the person who raised this can change it."))
    return states.permits(need, "bundle")


def can_answer(actor: Actor, need: Need) -> Verdict:
    """Say what became of it: for who writes for the partnership."""
    return can_write(actor, need.partnership) and states.permits(need, "answer")


def can_drop(actor: Actor, need: Need) -> Verdict:
    """Not take it up, and say why; who brought it takes it back in this way too."""
    own = ALLOW if need.person_id == actor.person_id else can_write(actor, need.partnership)
    return own and states.permits(need, "drop")


def can_take_back(actor: Actor, need: Need, act: StateChange | None) -> Verdict:
    """Open it again after all, soon after: for who may answer, and for who took back what one brought.

    `act` is the last that happened to it: the no of a coordinator is not undone by who brought it.
    """
    dropped = act is not None and act.action == "drop" and act.by_id == actor.person_id
    own = need.person_id == actor.person_id and dropped
    return ALLOW if own else can_write(actor, need.partnership)
