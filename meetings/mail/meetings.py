"""Mails to who is asked to a meeting: the invitation, a change, that it is called off, and the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.mail import letters
from accounts.mail.links import path_of
from accounts.models import Person
from core.models import StateChange
from meetings.mail.entries import Method, entry
from meetings.models import AgendaItem, Attendance, Meeting
from partnerships.actors import Actor

Asked = Iterable[tuple[Attendance, str]]


def invited_meeting_planned(meeting: Meeting, asked: Asked, *, by: Actor) -> None:
    """Everyone at the table is asked, with the agenda and a link by which one answers."""
    items = list(AgendaItem.objects.for_meeting(meeting))
    _with_links("meetings/mail/invited_meeting_planned.txt", meeting, asked, items, by)


def invited_meeting_changed(meeting: Meeting, asked: Asked, *, by: Actor) -> None:
    """Another time or place: the entry in the agenda is replaced, and the answer may be another."""
    _with_links("meetings/mail/invited_meeting_changed.txt", meeting, asked, [], by)


def _with_links(
    template: str, meeting: Meeting, asked: Asked, items: Sequence[AgendaItem], by: Actor
) -> None:
    sender = _person(by)
    for row, token in asked:
        if row.person.is_reachable:
            letters.to_person(
                row.person,
                template,
                link=path_of(token),
                is_secret=True,
                calendar=_entry(meeting, row.person, "REQUEST", sender),
                meeting=meeting,
                items=items,
                by=sender,
            )


def invited_meeting_cancelled(
    meeting: Meeting, asked: Sequence[Attendance], *, reason: str, by: Actor
) -> None:
    """The meeting is called off; the entry goes out of the agenda."""
    sender = _person(by)
    for row in asked:
        if row.person.is_reachable:
            letters.to_person(
                row.person,
                "meetings/mail/invited_meeting_cancelled.txt",
                link=meeting.get_absolute_url(),
                calendar=_entry(meeting, row.person, "CANCEL", sender),
                meeting=meeting,
                reason=reason,
                by=sender,
            )


def invited_meeting_reported(meeting: Meeting, asked: Sequence[Attendance], act: StateChange) -> None:
    """The report: what was decided and who does what, for everyone who was asked; the minutes stand on the page."""
    decisions = list(meeting.decisions.order_by("number"))
    actions = list(meeting.actions.select_related("owner").order_by("due_on", "pk"))
    for row in asked:
        letters.to_person(
            row.person,
            "meetings/mail/invited_meeting_reported.txt",
            link=meeting.get_absolute_url(),
            about=act,
            meeting=meeting,
            decisions=decisions,
            actions=actions,
            by=act.by,
        )


def _entry(meeting: Meeting, reader: Person, method: Method, by: Person) -> str:
    return entry(meeting, reader, method=method, by=by)


def _person(by: Actor) -> Person:
    return Person.objects.select_related("user").get(pk=by.person_id)
