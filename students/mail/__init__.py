"""Mails about plans and work situations, one function a message."""

from students.mail.plans import (
    parties_consent_asked,
    parties_goal_sent_back,
    student_goal_assessed,
    student_goal_corrected,
    student_goal_dropped,
    student_plan_closed,
    teachers_goal_handed_in,
)
from students.mail.situations import (
    student_situation_blanked,
    student_situation_treated,
)

__all__ = [
    "parties_consent_asked",
    "parties_goal_sent_back",
    "student_goal_assessed",
    "student_goal_corrected",
    "student_goal_dropped",
    "student_plan_closed",
    "student_situation_blanked",
    "student_situation_treated",
    "teachers_goal_handed_in",
]
