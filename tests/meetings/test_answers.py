"""What whoever is asked to a meeting reads and answers, and how a need comes to an agenda from its own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import versions
from core.models import OutgoingMail
from meetings.models import Absence, Attendance, Meeting, Need
from meetings.queries.tables import at_table
from meetings.services import meetings as service
from partnerships.actors import actor_of
from tests.factories.meetings import AttendanceFactory, MeetingFactory, NeedFactory
from tests.helpers import edit, login, open_link

pytestmark = pytest.mark.django_db


def text_of(client, address) -> str:
    return " ".join(client.get(address).content.decode().split())


def url(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def asked(client, table) -> tuple[str, Attendance]:
    """The teacher's page behind the link in the invitation."""
    meeting = MeetingFactory(partnership=table.partnership, group=table.group, draft=True)
    people = [one.person.pk for one in at_table(meeting)]
    by = actor_of(table.chair)
    service.invite(meeting_id=meeting.pk, people=people, by=by, read=versions.of(meeting))
    mail = OutgoingMail.objects.get(kind="invited_meeting_planned", to_email=table.teacher.email)
    return open_link(client, mail), Attendance.objects.get(person=table.teacher.person)


def test_the_link_of_an_invitation_shows_one_button_first(client, table):
    """What comes, in one press; the other answers stand below in words of one's own."""
    page, row = asked(client, table)
    said = text_of(client, page)
    assert said.index("Ja, ik kom") < said.index("Ander antwoord geven") < said.index("Nee, ik kom niet")
    assert client.post(page, {"answer": "yes", "read": versions.of(row)}).status_code == 302
    assert "Jouw antwoord: je komt" in text_of(client, page)
    row.refresh_from_db()
    data = {"answer": "substitute", "substitute": "Soraya, docent", "read": versions.of(row)}
    assert client.post(page, data).status_code == 302
    assert "Soraya, docent komt in jouw plaats" in text_of(client, page)


def test_what_is_wrong_with_an_answer_stands_in_the_form_once(client, table):
    page, row = asked(client, table)
    answer = client.post(page, {"answer": "substitute", "read": versions.of(row)})
    said = answer.content.decode()
    assert "Vul in wie er in jouw plaats komt." in said
    assert said.count('name="substitute"') == 1


def test_who_never_answered_is_told_as_such_once_the_meeting_was_held(client, table):
    meeting = MeetingFactory(
        partnership=table.partnership, group=table.group, state="invited", place="Molenhof"
    )
    AttendanceFactory(meeting=meeting, person=table.teacher.person, organisation=table.school)
    login(client, table.coordinator)
    assert "heeft nog niet geantwoord" in text_of(client, url("meeting-detail", meeting))
    Meeting.objects.update(
        state="closed",
        starts_at=timezone.now() - timedelta(hours=2),
        ends_at=timezone.now() - timedelta(hours=1),
    )
    said = text_of(client, url("meeting-detail", meeting))
    assert "heeft niet geantwoord" in said
    assert "heeft nog niet" not in said


def test_nobody_was_missing_where_nobody_was_ticked_off(table):
    meeting = MeetingFactory(partnership=table.partnership, group=None, state="held")
    AttendanceFactory(meeting=meeting, person=table.teacher.person, organisation=table.school)
    service.close(meeting_id=meeting.pk, by=actor_of(table.coordinator), read=versions.of(meeting))
    assert not Absence.objects.exists()


def test_a_need_goes_on_an_agenda_from_its_own_page(client, table):
    """One press for each of the next meetings; without a meeting the page leads to planning one."""
    need = NeedFactory(
        partnership=table.partnership, person=table.contact.person, organisation=table.employer
    )
    login(client, table.coordinator)
    said = text_of(client, need.get_absolute_url())
    assert "Er is nog geen overleg gepland." in said
    assert reverse("meetings:partnership-meeting-create", args=[table.partnership.slug]) in said
    meeting = MeetingFactory(partnership=table.partnership, group=table.group)
    over = MeetingFactory(partnership=table.partnership, group=None, state="closed")
    said = text_of(client, need.get_absolute_url())
    assert url("item-needs", meeting) in said
    assert url("item-needs", over) not in said
    answer = client.post(url("item-needs", meeting), {"needs": str(need.public_id)}, follow=True)
    assert "De behoefte staat op de agenda." in answer.content.decode()
    assert Need.objects.get().item.meeting == meeting
    assert url("item-needs", meeting) not in text_of(client, need.get_absolute_url())
    login(client, table.contact)
    assert "Zet deze behoefte op een agenda" not in text_of(client, need.get_absolute_url())


def test_a_meeting_is_found_by_its_group_in_the_list(client, table):
    MeetingFactory(partnership=table.partnership, group=table.group)
    login(client, table.coordinator)
    page = reverse("meetings:partnership-meetings", args=[table.partnership.slug])
    assert f'data-label="Groep"> {table.group.name}' in text_of(client, page)


def test_an_item_says_how_a_nameless_need_came(client, table):
    need = NeedFactory(
        partnership=table.partnership,
        person=table.contact.person,
        organisation=table.employer,
        is_anonymous=True,
    )
    meeting = MeetingFactory(partnership=table.partnership, group=None)
    login(client, table.coordinator)
    edit(client, url("item-needs", meeting), {"needs": [str(need.public_id)]})
    assert "</a> ," not in text_of(client, url("meeting-detail", meeting))
