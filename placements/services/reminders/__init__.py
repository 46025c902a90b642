"""Reminders: what is due is decided by rules over the data, once per person, thing, step and local day."""

from placements.services.reminders.engine import deliver, run, tick
from placements.services.reminders.registry import RULES

__all__ = ["RULES", "deliver", "run", "tick"]
