"""What the templates print of placements: the state in a word with its colour, and how to reach the student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.actors import Actor
from partnerships.models.contacts import address_shown
from placements.enums import PlacementState
from placements.models import Placement
from placements.queries import break_offs
from placements.rules import placements as rules
from students.models import Student
from students.models.enrolments import UNDO_DAYS
from ui.formats import day

KINDS = {
    PlacementState.CONFIRMED: "wait",
    PlacementState.RUNNING: "busy",
    PlacementState.COMPLETED: "done",
    PlacementState.ENDING: "back",
    PlacementState.BROKEN_OFF: "todo",
    PlacementState.CANCELLED: "todo",
}
WORDS: dict[str, Promise] = {
    PlacementState.CONFIRMED: gettext_lazy("Confirmed"),
    PlacementState.RUNNING: gettext_lazy("Running"),
    PlacementState.COMPLETED: gettext_lazy("Completed"),
    PlacementState.ENDING: gettext_lazy("Ends early"),
    PlacementState.BROKEN_OFF: gettext_lazy("Broken off"),
    PlacementState.CANCELLED: gettext_lazy("Did not go ahead"),
}


def address_of(student: Student) -> str:
    """Where the student reads mail: of the account, or as the school knows it; empty for who shows it to nobody."""
    return address_shown(student.person)


@dataclass(frozen=True)
class PlacementRow:
    """A placement loaded `for_list`."""

    placement: Placement

    @property
    def email(self) -> str:
        """Where the student reads mail."""
        return address_of(self.placement.student)

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return KINDS[PlacementState(self.placement.state)]

    @property
    def word(self) -> str:
        """The state in words; of one that ends early with its last day."""
        if self.placement.state == PlacementState.ENDING:
            return _("Until %(day)s") % {"day": day(self.placement.ends_on)}
        return str(WORDS[self.placement.state])


def break_off_context(actor: Actor, placement: Placement) -> dict[str, Any]:
    """Whether this reader can end it early, or take that back, and until when."""
    act = break_offs.standing_act(placement) if placement.would_end_on or placement.ended_at else None
    can_take_back = act is not None and rules.can_take_back_break_off(actor, placement, act)
    return {
        "can_break_off": rules.can_break_off(actor, placement),
        "can_take_back": can_take_back,
        "undo_until": rules.undo_from(placement, act) + timedelta(days=UNDO_DAYS) if act else None,
    }
