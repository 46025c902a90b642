"""Reminders: what is due is decided over the data, once per person, thing, rung of the ladder and local day.

Each app declares its reminders; this engine runs them and knows none.
"""

from core.reminding.engine import Reminder, deliver, run, tick
from core.reminding.waiting import Item, Notice, Waiting

__all__ = ["Item", "Notice", "Reminder", "Waiting", "deliver", "run", "tick"]
