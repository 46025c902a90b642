"""Faults in the history of whatever has a state."""

from django.utils import timezone

from placements.enums import PlacementState
from students.enums import GoalState
from tests.demo.faults.base import DAY, LONG_AGO, ORDINARY, Fault, change, step

FAULTS: list[Fault] = [
    (
        "history_leads_to_the_state",
        "while the history ends in running",
        change(ORDINARY.filter(state=PlacementState.RUNNING), state=PlacementState.COMPLETED),
    ),
    (
        "history_leads_to_the_state",
        "assess from demonstrated to busy",
        step("assess", to_state=GoalState.BUSY),
    ),
    ("history_leads_to_the_state", "hand_in before what came before", step("hand_in", at=LONG_AGO)),
    ("history_leads_to_the_state", "break_off without a reason", step("break_off", reason="")),
    ("history_leads_to_the_state", "still to come", step("publish", at=lambda: timezone.now() + 2 * DAY)),
]
