"""What this app reminds of: actions whose day comes or has passed, invitations and proposals without an answer."""

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
from meetings.models import Action, Attendance, ImprovementProposal
from meetings.models.actions import RUNNING
from meetings.models.proposals import RECEIVES
from partnerships.models import Membership, Partnership
from partnerships.queries.people import people

BEFORE_AND_AFTER = (Rung("week-before", -7), Rung("day-before", -1), Rung("day-3", 3), Rung("day-10", 10))
AROUND_A_TERM = (Rung("before", -3), Rung("day-1", 1), Rung("week-after", 7))
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


class ProposalWaiting:
    """An organisation has not reacted to a proposal: three days before its term ends, the day after and in a week.

    As long as nobody considers it all who receive proposals there hear it, then who promised the answer; when that one
    has left, again all who receive them.
    """

    kind = "proposal"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(AROUND_A_TERM, calendar)
        waiting = ImprovementProposal.objects.waiting().filter(on_days("reaction_due", due))
        waiting = waiting.filter(partnership__in=Partnership.objects.running())
        keys = waiting.order_by("organisation", "pk").values_list("pk", flat=True)
        rows = ImprovementProposal.objects.select_related("organisation", "owner__user").order_by()
        return Waiting(keys, rows, lambda rows: _proposals(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "meetings/mail/answerer_proposal_waiting.txt", items, kind=self.kind)


def _proposals(rows: list[ImprovementProposal], due: Due) -> Iterator[Told]:
    overview = reverse("start")
    owners = _still_there(rows)
    receivers = people({row.organisation_id for row in rows if row.pk not in owners}, RECEIVES)
    for row in rows:
        rung = due.get(row.reaction_due) if row.reaction_due else None
        if rung is None:
            continue
        words = {
            "title": row.title,
            "organisation": row.organisation.name,
            "due_on": row.reaction_due,
            "is_late": row.is_late,
            "path": row.get_absolute_url(),
            "overview": overview,
        }
        owner = owners.get(row.pk)
        considered = [owner] if owner is not None and owner.can_sign_in else []
        asked = receivers.get(row.organisation_id, []) if owner is None else considered
        for person in asked:
            yield person, overview, Item(f"proposal:{row.pk}", rung, words)


def _still_there(rows: list[ImprovementProposal]) -> dict[int, Person]:
    """Who promised the answer, by proposal, of those who still work there. One query."""
    owned = [row for row in rows if row.owner is not None]
    roles = Membership.objects.running().filter(
        person__in=[row.owner_id for row in owned], organisation__in=[row.organisation_id for row in owned]
    )
    there = set(roles.values_list("person", "organisation"))
    return {
        row.pk: row.owner
        for row in owned
        if row.owner is not None and (row.owner_id, row.organisation_id) in there
    }


REMINDERS: tuple[Reminder, ...] = (ActionDue(), InvitationUnanswered(), ProposalWaiting())
