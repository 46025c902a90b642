"""Reminders: what is due is decided over the data, once per person, thing, rung of the ladder and local day.

Each app declares its reminders; this engine runs them and knows none.
"""

from core.reminding.engine import Item, Notice, Reminder, deliver, run, tick

__all__ = ["Item", "Notice", "Reminder", "deliver", "run", "tick"]
