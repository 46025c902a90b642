"""Every reminder of the portal; each app declares its own in its `reminders.py`."""

from __future__ import annotations

from accounts import reminders as accounts
from agreements import reminders as agreements
from core.reminding import Reminder
from meetings import reminders as meetings
from partnerships import reminders as partnerships
from placements import reminders as placements
from students import reminders as students

REMINDERS: tuple[Reminder, ...] = (
    *placements.REMINDERS,
    *agreements.REMINDERS,
    *students.REMINDERS,
    *partnerships.REMINDERS,
    *meetings.REMINDERS,
    *accounts.REMINDERS,
)
