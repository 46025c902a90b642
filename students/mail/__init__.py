"""Mails about plans and work situations, one function a message."""

from students.mail.plans import parties_consent_asked, parties_goal_sent_back, student_goal_assessed
from students.mail.situations import student_situation_blanked, student_situation_treated

__all__ = [
    "parties_consent_asked",
    "parties_goal_sent_back",
    "student_goal_assessed",
    "student_situation_blanked",
    "student_situation_treated",
]
