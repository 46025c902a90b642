"""What stands of a report: who was missing on the day, and that a later meeting adopted it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import versions
from meetings.models import Absence, Adoption, Meeting
from meetings.services import meetings as service
from partnerships.actors import actor_of
from tests.factories.meetings import AdoptionFactory, AttendanceFactory, MeetingFactory
from tests.factories.partnerships import GroupExpectationFactory, GroupFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db


def url(name: str, row, *more) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id, *more])


def text_of(client, meeting) -> str:
    return " ".join(client.get(meeting.get_absolute_url()).content.decode().split())


def held(table, days: int = 1, **fields) -> Meeting:
    begun = timezone.now() - timedelta(days=days)
    return MeetingFactory(**({"group": table.group} | fields), held=True, starts_at=begun)


def closed(table, days: int = 20, **fields) -> Meeting:
    meeting = held(table, days, **fields)
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    return Meeting.objects.get(pk=meeting.pk)


def close(table, meeting) -> None:
    service.close(meeting_id=meeting.pk, by=actor_of(table.chair), read=versions.of(meeting))


def came(meeting, user, organisation, *, present: bool = True) -> None:
    AttendanceFactory(meeting=meeting, person=user.person, organisation=organisation, was_present=present)


def test_b09_who_was_missing_stays_with_the_report_as_on_that_day(client, table):
    """Story B-09: absent organisations and missing voices are kept, whatever the seats are later."""
    GroupExpectationFactory(group=table.group, organisation=None, perspective="student", number=2)
    meeting = held(table)
    came(meeting, table.chair, table.employer)
    came(meeting, table.teacher, table.school, present=False)
    close(table, meeting)
    # The coordinating body sends nobody either.
    assert {row.name for row in Absence.objects.all()} >= {table.school.name, "student"}
    assert not Absence.objects.filter(organisation=table.employer).exists()
    assert Absence.objects.get(perspective="student").number == 2
    table.group.expectations.all().delete()
    login(client, table.teacher)
    said = text_of(client, Meeting.objects.get())
    assert "Wie er ontbrak" in said
    assert table.school.name in said


def test_who_was_missing_of_all_members_is_each_that_sent_nobody(table):
    meeting = held(table, group=None, partnership=table.partnership)
    came(meeting, table.chair, table.employer)
    service.close(meeting_id=meeting.pk, by=actor_of(table.coordinator), read=versions.of(meeting))
    assert table.school.name in {row.name for row in Absence.objects.all()}
    assert table.employer.name not in {row.name for row in Absence.objects.all()}


def test_a_report_that_is_taken_up_again_says_anew_who_was_missing(table):
    meeting = held(table)
    close(table, meeting)
    read = versions.of(Meeting.objects.get())
    by = actor_of(table.coordinator)
    service.reopen(meeting_id=meeting.pk, reason="Een naam miste.", by=by, read=read)
    assert not Absence.objects.exists()
    came(meeting, table.teacher, table.school)
    close(table, Meeting.objects.get())
    assert not Absence.objects.filter(organisation=table.school).exists()


def test_d08_the_next_meeting_adopts_the_report_in_one_press(client, table):
    """Story D-08: a report is a draft until a later meeting of the same table adopts it; then it stands for good."""
    report, meeting = closed(table), held(table)
    login(client, table.chair)
    assert "concept tot" in text_of(client, report)
    assert url("meeting-adopt", meeting, report.public_id) in text_of(client, meeting)
    for _press in range(2):
        assert client.post(url("meeting-adopt", meeting, report.public_id)).status_code == 302
    adoption = Adoption.objects.get()
    assert (adoption.report, adoption.meeting, adoption.by) == (report, meeting, table.chair.person)
    assert "vastgesteld" in text_of(client, report)
    login(client, table.coordinator)
    answer = client.get(url("meeting-reopen", report), follow=True)
    assert "Dit verslag is vastgesteld." in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=report.pk).update(state="held")


@pytest.mark.parametrize("wrong", ["later", "other group", "not sent", "adopted"])
def test_only_an_earlier_report_of_the_same_table_is_adopted_and_once(client, table, wrong):
    meeting = held(table, days=10)
    report = {
        "later": lambda: closed(table, days=2),
        "other group": lambda: closed(table, group=GroupFactory(partnership=table.partnership)),
        "not sent": lambda: held(table, days=20),
        "adopted": lambda: closed(table),
    }[wrong]()
    number = 0
    if wrong == "adopted":
        AdoptionFactory(report=report, meeting=held(table, days=12))
        number = 1
    login(client, table.coordinator)
    client.post(url("meeting-adopt", meeting, report.public_id))
    assert Adoption.objects.count() == number
    if wrong != "adopted":
        with pytest.raises(IntegrityError), transaction.atomic():
            AdoptionFactory(report=report, meeting=meeting)
