"""Which row is locked first: the partnership for numbers of its register, then the meeting, then what hangs on it."""

from __future__ import annotations

from meetings.models import Action, Attendance, ImprovementProposal, Meeting, Need
from partnerships.models import Partnership


def meeting_under_lock(meeting_id: int) -> Meeting:
    """The meeting with its partnership and group, so that its agenda and report change one after the other."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "group").get(pk=meeting_id)


def attendance_under_lock(attendance_id: int) -> Attendance:
    """What someone answers, with the meeting and the person."""
    rows = Attendance.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("meeting__partnership", "meeting__group", "person__user", "organisation")
    return related.get(pk=attendance_id)


def action_under_lock(action_id: int) -> Action:
    """An action with its owner and where it comes from."""
    rows = Action.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "group", "owner__user").get(pk=action_id)


def need_under_lock(need_id: int) -> Need:
    """A need with its partnership and who brought it."""
    rows = Need.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "person__user", "organisation").get(pk=need_id)


def proposal_under_lock(proposal_id: int) -> ImprovementProposal:
    """A proposal with its organisation, who wrote it and who answers."""
    rows = ImprovementProposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "organisation", "author__user", "owner__user").get(
        pk=proposal_id
    )


def partnership_under_lock(partnership_id: int) -> Partnership:
    """The partnership, whose decisions are numbered one after the other."""
    return Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership_id)
