"""What an invitation is worth once its reader sits at the table no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import versions
from core.dates import today
from core.models import OutgoingMail
from meetings.models import Attendance, Meeting
from meetings.services import meetings as service
from partnerships.actors import actor_of
from partnerships.models import GroupSeat
from tests.factories.meetings import MeetingFactory
from tests.factories.partnerships import GroupSeatFactory
from tests.helpers import login, open_link

pytestmark = pytest.mark.django_db


def invited(table) -> Meeting:
    meeting = MeetingFactory(group=table.group, draft=True)
    people = [row.person_id for row in table.group.seats.all()]
    by = actor_of(table.chair)
    service.invite(meeting_id=meeting.pk, people=people, by=by, read=versions.of(meeting))
    return meeting


def stand_up(user) -> GroupSeat:
    seat = GroupSeat.objects.get(person=user.person)
    seat.ends_on, seat.ended_at = today(), timezone.now()
    seat.save()
    return seat


def mail_to(user, kind="invited_meeting_planned") -> OutgoingMail | None:
    return OutgoingMail.objects.filter(kind=kind, to_email=user.email).first()


def test_link_of_an_invitation_opens_nothing_once_the_seat_has_ended(client, table):
    invited(table)
    stand_up(table.teacher)
    own = open_link(client, mail_to(table.teacher))
    assert "Komt u" not in client.get(own).content.decode()
    client.post(
        own, {"answer": "yes", "read": versions.of(Attendance.objects.get(person=table.teacher.person))}
    )
    assert Attendance.objects.get(person=table.teacher.person).answer == ""


def test_whoever_got_another_office_answers_by_the_same_link(client, table):
    invited(table)
    seat = stand_up(table.teacher)
    GroupSeatFactory(group=table.group, person=seat.person, organisation=seat.organisation, is_secretary=True)
    own = open_link(client, mail_to(table.teacher))
    read = versions.of(Attendance.objects.get(person=seat.person))
    client.post(own, {"answer": "yes", "read": read})
    assert Attendance.objects.get(person=seat.person).answer == "yes"


def test_changes_and_the_report_go_to_who_still_sits_there(client, table):
    meeting = invited(table)
    stand_up(table.teacher)
    changed = Meeting.objects.get(pk=meeting.pk)
    changed.place = "Elders"
    by = actor_of(table.chair)
    service.save(meeting=changed, by=by, version=versions.of(changed))
    assert mail_to(table.teacher, "invited_meeting_changed") is None
    assert mail_to(table.chair, "invited_meeting_changed") is not None
    before = timezone.now() - timedelta(hours=3)
    Meeting.objects.update(starts_at=before, ends_at=before + timedelta(hours=1))
    read = versions.of(Meeting.objects.get())
    service.hold(meeting_id=meeting.pk, by=by, read=read)
    service.close(meeting_id=meeting.pk, by=by, read=versions.of(Meeting.objects.get()))
    assert mail_to(table.teacher, "invited_meeting_reported") is None
    assert mail_to(table.chair, "invited_meeting_reported") is not None


def test_an_invitation_is_no_task_once_the_seat_has_ended(client, table):
    meeting = invited(table)
    stand_up(table.teacher)
    login(client, table.teacher)
    assert meeting.title not in client.get("/overleg/").content.decode()
