"""Who puts the story of an initiative on the public page (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import states
from core.access import Verdict
from partnerships.models import StoryVersion
from partnerships.rules.partnerships import can_write

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_move(actor: Actor, story: StoryVersion, action: str) -> Verdict:
    """Publish a version or take it off: for who writes for the partnership."""
    return can_write(actor, story.initiative.partnership) and states.permits(story, action)
