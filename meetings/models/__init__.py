"""Meetings, what they talk about, and what comes of it."""

from meetings.models.actions import Action
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance, AttendanceLink
from meetings.models.decisions import Decision
from meetings.models.meetings import Meeting
from meetings.models.needs import Need
from meetings.models.papers import Paper
from meetings.models.proposals import ImprovementProposal, ProposalAdoption

__all__ = [
    "Action",
    "AgendaItem",
    "Attendance",
    "AttendanceLink",
    "Decision",
    "ImprovementProposal",
    "Meeting",
    "Need",
    "Paper",
    "ProposalAdoption",
]
