"""What ended a placement early, and which days it had before."""

from __future__ import annotations

from datetime import date

from core import changes, states
from core.models import StateChange
from partnerships.actors import Actor
from placements.enums import STOPPED_EARLY, PlacementState
from placements.models import Placement


def standing_act(placement: Placement) -> StateChange | None:
    """What ended a placement early, when that is the last that happened to it but for the clock."""
    act = states.last_act(placement)
    return act.cause if act is not None and act.action == "leave" else act


def days_before(placement: Placement, act: StateChange) -> tuple[date, date | None]:
    """The last day that a placement had before `act` ended it, and the one from before that was chosen, if it was."""
    if act.from_state != PlacementState.ENDING:
        return placement.would_end_on or placement.ends_on, None
    newest = changes.history(placement).filter(field="ends_on").last()
    if newest is None:
        return placement.ends_on, placement.would_end_on
    former = date.fromisoformat(str(newest.before))
    if placement.state == PlacementState.CANCELLED:  # its days stayed what they were
        return placement.ends_on, former
    return (former if newest.at >= act.at else placement.ends_on), placement.would_end_on


def is_repeat(placement: Placement, last_day: str | None, by: Actor) -> bool:
    """Whether this person chose this very last day just before, so that it is a button pressed twice."""
    act = states.last_act(placement)
    same = last_day == placement.ends_on.isoformat() or placement.state == PlacementState.CANCELLED
    ended = placement.state in (*STOPPED_EARLY, PlacementState.CANCELLED)
    return ended and same and act is not None and act.by_id == by.person_id
