"""Every reminder of the portal, in the order in which they run; each app declares its own in its `reminders.py`."""

from __future__ import annotations

from agreements.reminders import AgreementSignature
from core.reminding import Reminder
from placements.reminders import MatchUnanswered, SlotConfirm
from students.reminders import GoalDue, PlanConsent

REMINDERS: tuple[Reminder, ...] = (
    MatchUnanswered(),
    AgreementSignature(),
    PlanConsent(),
    GoalDue(),
    SlotConfirm(),
)
