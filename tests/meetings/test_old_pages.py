"""Whoever presses on a page that shows something as it is no more is told so, and nothing is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import versions
from meetings.models import Action, Attendance, Meeting, Need
from meetings.services import actions, needs
from partnerships.actors import actor_of
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    AttendanceLinkFactory,
    MeetingFactory,
    NeedFactory,
)
from tests.helpers import login

pytestmark = pytest.mark.django_db


def url(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def test_a_meeting_that_changed_meanwhile_is_not_begun(client, table):
    meeting = MeetingFactory(group=table.group, starts_at=timezone.now() - timedelta(hours=1))
    read = versions.of(meeting)
    Meeting.objects.update(place="Elders")
    login(client, table.chair)
    client.post(url("meeting-hold", meeting), {"read": read})
    assert Meeting.objects.get().state == "invited"


def test_a_report_that_changed_meanwhile_is_not_opened(client, table):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    read = versions.of(item.meeting)
    Meeting.objects.update(state="closed")
    login(client, table.coordinator)
    answer = client.post(url("meeting-reopen", item.meeting), {"reason": "Een fout.", "read": read})
    assert "Een fout." in answer.content.decode()
    assert Meeting.objects.get().state == "closed"


def test_a_need_that_changed_meanwhile_is_not_written_over(client, table):
    need = NeedFactory(
        partnership=table.partnership, person=table.contact.person, organisation=table.employer
    )
    login(client, table.contact)
    page = url("need-change", need)
    form = client.get(page).context["form"]
    Need.objects.update(title="Iets anders")
    data = {form.made_from_name: form.made_from, "title": "Van mij", "organisation": table.employer.pk}
    client.post(page, data)
    assert Need.objects.get().title == "Iets anders"


def test_a_need_is_opened_again_by_the_act_that_was_read(client, table):
    need = NeedFactory(partnership=table.partnership, person=table.contact.person)
    by = actor_of(table.coordinator)
    needs.answer(need_id=need.pk, answer="Ja.", by=by, read=versions.of(need))
    login(client, table.coordinator)
    client.post(url("need-take-back", need), {"act": "999999999"})
    assert Need.objects.get().state == "answered"
    act = client.get(need.get_absolute_url()).context["undo"].act
    client.post(url("need-take-back", need), {"act": act.pk})
    assert Need.objects.get().state == "open"


def test_an_action_is_put_back_by_the_act_that_was_read(client, table):
    action = ActionFactory(group=table.group, owner=table.teacher.person)
    actions.take(action_id=action.pk, by=actor_of(table.teacher), read=versions.of(action))
    login(client, table.teacher)
    client.post(url("action-take-back", action), {"act": "999999999"})
    assert Action.objects.get().state == "busy"
    act = client.get(action.get_absolute_url()).context["undo"].act
    client.post(url("action-take-back", action), {"act": act.pk})
    assert Action.objects.get().state == "open"


def test_an_answer_by_link_is_given_to_what_was_read(client, table):
    row = AttendanceFactory(meeting=MeetingFactory(group=table.group), person=table.teacher.person)
    link = AttendanceLinkFactory(attendance=row).link
    session = client.session
    session["personal_links"] = {str(link.public_id): timezone.now().timestamp()}
    session.save()
    page = reverse("meetings:attendance-own", args=[link.public_id])
    read = versions.of(row)
    Attendance.objects.update(answer="no", answered_at=timezone.now())
    client.post(page, {"answer": "yes", "read": read})
    assert Attendance.objects.get().answer == "no"
    row.refresh_from_db()
    client.post(page, {"answer": "yes", "read": versions.of(row)})
    assert Attendance.objects.get().answer == "yes"
