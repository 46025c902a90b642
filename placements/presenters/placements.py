"""What the templates print of placements: the state in a word with its colour, and how to reach the student."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from placements.enums import PlacementState
from placements.models import Placement
from students.models import Student

KINDS = {
    PlacementState.CONFIRMED: "wait",
    PlacementState.RUNNING: "busy",
    PlacementState.COMPLETED: "done",
    PlacementState.BROKEN_OFF: "todo",
}
WORDS: dict[str, Promise] = {
    PlacementState.CONFIRMED: gettext_lazy("Confirmed"),
    PlacementState.RUNNING: gettext_lazy("Running"),
    PlacementState.COMPLETED: gettext_lazy("Completed"),
    PlacementState.BROKEN_OFF: gettext_lazy("Broken off"),
}


def address_of(student: Student) -> str:
    """Where the student reads mail: the account's address, or what the school knows while there is none."""
    return student.address


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
        """The state in words."""
        return str(WORDS[self.placement.state])
