"""Mails of meetings as they reach a mail program: the entry for the agenda goes along as a part of its own."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from core import versions
from core.dates import AMSTERDAM, today
from core.models import OutgoingMail
from core.reminding.engine import tick
from meetings.reminders import REMINDERS
from meetings.services import meetings as service
from meetings.services import needs
from partnerships.actors import actor_of
from partnerships.models import GroupSeat, Partnership
from tests.factories.meetings import ActionFactory, AttendanceFactory, MeetingFactory, NeedFactory

pytestmark = pytest.mark.django_db


def entry_of(mail: OutgoingMail):
    return Calendar.from_ical(mail.calendar).walk("VEVENT")[0]


def test_invitation_carries_an_entry_that_mail_programs_take_up(table):
    """When, where and online stand in the text and in the entry, by the same moment."""
    meeting = MeetingFactory(
        group=table.group, draft=True, title="Overleg; instroom, en meer", link="https://meet.example/x"
    )
    chair = actor_of(table.chair)
    people = [row.person_id for row in table.group.seats.all()]
    service.invite(meeting_id=meeting.pk, people=people, by=chair, read=versions.of(meeting))
    mail = OutgoingMail.objects.get(kind="invited_meeting_planned", to_email=table.teacher.email)
    assert "https://meet.example/x" in mail.body
    event = entry_of(mail)
    assert event["summary"] == f"{meeting.title} ({table.group.name})"
    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert event["uid"].startswith(str(meeting.public_id))
    assert event["attendee"] == f"mailto:{table.teacher.email}"
    assert mail.link not in mail.calendar  # whoever the entry is passed on to does not answer for its reader


def test_whoever_is_gone_from_the_table_meanwhile_is_not_invited_unseen(table):
    meeting = MeetingFactory(group=table.group, draft=True)
    people = [row.person_id for row in table.group.seats.all()]
    table.seat(table.school)
    with pytest.raises(Exception, match="veranderd"):
        service.invite(
            meeting_id=meeting.pk, people=people, by=actor_of(table.chair), read=versions.of(meeting)
        )
    assert not OutgoingMail.objects.exists()


def test_action_of_someone_else_is_told(table):
    from meetings.models import Action  # noqa: PLC0415
    from meetings.services import actions  # noqa: PLC0415

    row = Action(
        partnership=table.partnership,
        group=table.group,
        title="Zaal boeken",
        owner=table.teacher.person,
        due_on=today() + timedelta(days=3),
    )
    actions.give(action=row, by=actor_of(table.chair))
    mail = OutgoingMail.objects.get(kind="owner_action_given")
    assert mail.to_email == table.teacher.email
    assert "Zaal boeken" in mail.subject
    assert mail.link.endswith(row.get_absolute_url())


def test_need_that_is_dropped_says_why(table):
    need = NeedFactory(partnership=table.partnership, person=table.contact.person)
    by = actor_of(table.coordinator)
    needs.drop(need_id=need.pk, reason="Past niet bij ons.", by=by, read=versions.of(need))
    mail = OutgoingMail.objects.get(kind="bringer_need_dropped")
    assert mail.to_email == table.contact.email
    assert "Past niet bij ons." in mail.body


def reminders(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=f"reminder_{kind}").order_by("pk"))


MONDAY = dt.datetime(2026, 11, 2, 12, tzinfo=AMSTERDAM)  # no holiday until Christmas


def on(day: int) -> time_machine.travel:
    """Noon so many days after that Monday."""
    return time_machine.travel(MONDAY + timedelta(days=day), tick=False)


def test_owner_is_reminded_before_and_after_the_last_day_and_once(table):
    """owner_action_due.txt"""
    with on(0):
        due = today() + timedelta(days=16)
        ActionFactory(group=table.group, owner=table.teacher.person, title="Bel", due_on=due)
    for day in range(1, 40):
        with on(day):
            tick(REMINDERS)
            tick(REMINDERS)
    subjects = [mail.subject for mail in reminders("action")]
    assert ["Nog niet gereed" in subject for subject in subjects] == [False, False, True, True]


def test_whoever_has_not_answered_is_reminded_until_there_is_an_answer(table):
    """invited_meeting_waiting.txt"""
    with on(0):
        meeting = MeetingFactory(group=table.group, starts_at=MONDAY + timedelta(days=16))
        AttendanceFactory(meeting=meeting, person=table.teacher.person)
        said = {"answer": "yes", "answered_at": MONDAY}
        AttendanceFactory(meeting=meeting, person=table.chair.person, **said)
    for day in range(1, 20):
        with on(day):
            tick(REMINDERS)
    assert [mail.to_email for mail in reminders("meeting")] == [table.teacher.email] * 2


def test_nobody_is_reminded_of_what_waits_in_a_partnership_that_is_over(table):
    with on(0):
        ActionFactory(group=table.group, owner=table.teacher.person, due_on=today() + timedelta(days=16))
        meeting = MeetingFactory(group=table.group, starts_at=MONDAY + timedelta(days=16))
        AttendanceFactory(meeting=meeting, person=table.teacher.person)
        Partnership.objects.filter(pk=table.partnership.pk).update(ends_on=today())
    for day in range(1, 30):
        with on(day):
            tick(REMINDERS)
    assert not OutgoingMail.objects.exists()


def test_whoever_sits_there_no_more_is_not_reminded_of_an_invitation(table):
    with on(0):
        meeting = MeetingFactory(group=table.group, starts_at=MONDAY + timedelta(days=16))
        AttendanceFactory(meeting=meeting, person=table.teacher.person)
        GroupSeat.objects.filter(person=table.teacher.person).update(ends_on=today())
    for day in range(1, 20):
        with on(day):
            tick(REMINDERS)
    assert not reminders("meeting")
