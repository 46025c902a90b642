"""What a meeting could talk about: open needs, and actions that are late or end before it."""

from __future__ import annotations

from meetings.enums import NeedState
from meetings.models import Action, Meeting, Need
from meetings.models.actions import ActionQuerySet
from meetings.models.needs import NeedQuerySet

MOST_OFFERED = 12


def needs_for(meeting: Meeting) -> NeedQuerySet:
    """Needs of the partnership that are on no agenda yet, the oldest first."""
    found = Need.objects.filter(partnership=meeting.partnership_id, state=NeedState.OPEN)
    return found.for_list().order_by("day", "pk")


def actions_for(meeting: Meeting) -> ActionQuerySet:
    """Actions of the same table whose last day comes before the meeting is over, and that are not on its agenda."""
    found = Action.objects.running().filter(
        partnership=meeting.partnership_id, group=meeting.group_id, due_on__lte=meeting.day
    )
    return found.exclude(discussed_in__meeting=meeting).for_list()
