"""The rules, in the order in which they run."""

from __future__ import annotations

from placements.services.reminders.agreements import AgreementSignature
from placements.services.reminders.engine import Rule
from placements.services.reminders.goals import GoalDue
from placements.services.reminders.matches import MatchUnanswered
from placements.services.reminders.plans import PlanConsent
from placements.services.reminders.slots import SlotConfirm

RULES: tuple[Rule, ...] = (
    MatchUnanswered(),
    AgreementSignature(),
    PlanConsent(),
    GoalDue(),
    SlotConfirm(),
)
