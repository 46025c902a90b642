"""Who makes an action of a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from meetings.rules.meetings import can_plan
from partnerships.enums import CooperationState
from partnerships.models import CooperationVersion

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_give(actor: Actor, version: CooperationVersion) -> Verdict:
    """Say who keeps a promise by which day, once all have signed: for who writes for the partnership."""
    verdict = can_plan(actor, version.partnership, None)
    if verdict and version.state != CooperationState.SIGNED:
        return not_now(_("Only promises of the version in force become actions."))
    return verdict


def can_give_once(*, is_given: bool) -> Verdict:
    """A promise is one action; asks nothing about people."""
    return not_now(_("Someone does this already.")) if is_given else ALLOW
