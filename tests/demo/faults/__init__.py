"""Faults planted in the loaded demo region, one for each thing that a rule can say; a module here for each of rules."""

from tests.demo.faults import agreements, joining, placements, plans, situations, states, support
from tests.demo.faults.base import Fault, let_texts_change

__all__ = ["FAULTS", "let_texts_change"]

FAULTS: list[Fault] = [
    *agreements.FAULTS,
    *joining.FAULTS,
    *placements.FAULTS,
    *plans.FAULTS,
    *situations.FAULTS,
    *states.FAULTS,
    *support.FAULTS,
]
