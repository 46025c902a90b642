"""Meetings, what they talk about, and what comes of it."""

from meetings.models.actions import Action
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance, AttendanceLink
from meetings.models.decisions import Decision
from meetings.models.meetings import Meeting
from meetings.models.needs import Need
from meetings.models.papers import Paper
from meetings.models.promised import PromisedAction
from meetings.models.proposals import AdoptionWithdrawal, ImprovementProposal, ProposalAdoption
from meetings.models.reports import Absence, Adoption
from meetings.models.rhythms import Rhythm

__all__ = [
    "Absence",
    "Action",
    "Adoption",
    "AdoptionWithdrawal",
    "AgendaItem",
    "Attendance",
    "AttendanceLink",
    "Decision",
    "ImprovementProposal",
    "Meeting",
    "Need",
    "Paper",
    "PromisedAction",
    "ProposalAdoption",
    "Rhythm",
]
