"""What this app reminds of: actions whose day comes or has passed, and invitations without an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.dates import local_day
from core.reminding import Reminder
from core.reminding.ladders import Calendar, Due, Rung, due_rungs, in_days, on_days
from core.reminding.waiting import Item, Told, Waiting
from meetings.models import Action, Attendance
from meetings.models.actions import RUNNING
from partnerships.models import Partnership

BEFORE_AND_AFTER = (Rung("week-before", -7), Rung("day-before", -1), Rung("day-3", 3), Rung("day-10", 10))
BEFORE_A_MEETING = (Rung("week-before", -7), Rung("day-before", -1))


class ActionDue:
    """An action is not done: a week and a day before its last day, and three and ten days after.

    Where a partnership is over nobody is reminded; its actions stay with their owners.
    """

    kind = "action"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(BEFORE_AND_AFTER, calendar)
        waiting = Action.objects.filter(on_days("due_on", due), state__in=RUNNING)
        waiting = waiting.filter(partnership__in=Partnership.objects.running())
        keys = waiting.order_by("owner", "pk").values_list("pk", flat=True)
        rows = Action.objects.select_related("partnership", "group", "owner__user").order_by()
        return Waiting(keys, rows, lambda rows: _actions(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "meetings/mail/owner_action_due.txt", items, kind=self.kind)


def _actions(rows: list[Action], due: Due) -> Iterator[Told]:
    overview = reverse("meetings:action-list")
    for row in rows:
        rung = due.get(row.due_on)
        if rung is not None and row.owner.can_sign_in:
            words = {
                "title": row.title,
                "table": (row.group or row.partnership).name,
                "due_on": row.due_on,
                "is_late": row.is_late,
                "path": row.get_absolute_url(),
                "overview": overview,
            }
            yield row.owner, overview, Item(f"action:{row.pk}", rung, words)


class InvitationUnanswered:
    """Someone has not said whether he or she comes to a meeting: a week and a day before it."""

    kind = "meeting"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(BEFORE_A_MEETING, calendar)
        waiting = Attendance.objects.unanswered().sitting().filter(in_days("meeting__starts_at", due))
        waiting = waiting.filter(meeting__partnership__in=Partnership.objects.running())
        keys = waiting.order_by("person", "pk").values_list("pk", flat=True)
        rows = Attendance.objects.select_related("meeting__group", "meeting__partnership", "person__user")
        return Waiting(keys, rows.order_by(), lambda rows: _invitations(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "meetings/mail/invited_meeting_waiting.txt", items, kind=self.kind)


def _invitations(rows: list[Attendance], due: Due) -> Iterator[Told]:
    overview = reverse("start")
    for row in rows:
        meeting = row.meeting
        rung = due.get(local_day(meeting.starts_at))
        if rung is not None and row.person.can_sign_in:
            words = {
                "title": meeting.title,
                "table": meeting.table,
                "starts_at": meeting.starts_at,
                "path": meeting.get_absolute_url(),
                "overview": overview,
            }
            yield row.person, overview, Item(f"meeting:{row.pk}", rung, words)


REMINDERS: tuple[Reminder, ...] = (ActionDue(), InvitationUnanswered())
