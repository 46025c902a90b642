"""Who puts the story of an initiative on the public page (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import states
from core.access import ALLOW, Verdict
from partnerships.models import StoryVersion
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_move(actor: Actor, story: StoryVersion, action: str) -> Verdict:
    """Publish a version, as long as the partnership goes on, or take it off: for who writes for the partnership."""
    partnership = story.initiative.partnership
    verdict = can_write(actor, partnership) and (goes_on(partnership) if action == "publish" else ALLOW)
    return verdict and states.permits(story, action)
