"""A right at a table ends with what it rests on: the member, the role there, and the partnership that goes on."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import endings, versions
from core.dates import AMSTERDAM, today
from core.models import OutgoingMail
from core.reminding.engine import tick
from core.states import last_act
from meetings.enums import MeetingState
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.reminders import REMINDERS
from meetings.services import agenda, decisions, needs, proposals
from meetings.services import meetings as service
from partnerships.actors import actor_of
from partnerships.models import Member, Membership
from partnerships.services import closings
from tests.factories.meetings import (
    AgendaItemFactory,
    AttendanceLinkFactory,
    ImprovementProposalFactory,
    MeetingFactory,
    NeedFactory,
    PaperFactory,
)
from tests.factories.partnerships import InitiativeFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def leaves(table, organisation):
    """An organisation takes part no more; its people keep their roles there."""
    endings.end(Member.objects.get(partnership=table.partnership, organisation=organisation), by=None)


def test_a_member_that_left_answers_no_invitation_and_gets_no_report(client, table):
    """Of a meeting of the whole partnership, by the link that was mailed before."""
    manager = member(table.employer, Role.MANAGER)
    meeting = MeetingFactory(partnership=table.partnership)
    given = {"meeting": meeting, "person": manager.person, "organisation": table.employer}
    row = AttendanceLinkFactory(**{f"attendance__{name}": value for name, value in given.items()})
    assert Attendance.objects.sitting().filter(pk=row.attendance_id).exists()
    leaves(table, table.employer)
    assert not Attendance.objects.sitting().filter(pk=row.attendance_id).exists()
    Meeting.objects.update(state=MeetingState.HELD)
    meeting.refresh_from_db()
    service.close(meeting_id=meeting.pk, by=actor_of(table.coordinator), read=versions.of(meeting))
    assert not OutgoingMail.objects.filter(to_email=manager.email).exists()


def test_whoever_left_is_told_of_no_reason_when_a_meeting_is_called_off(table):
    meeting = MeetingFactory(group=table.group, draft=True)
    people = [row.person_id for row in table.group.seats.all()]
    chair = actor_of(table.chair)
    service.invite(meeting_id=meeting.pk, people=people, by=chair, read=versions.of(meeting))
    leaves(table, table.school)
    meeting.refresh_from_db()
    service.cancel(meeting_id=meeting.pk, reason="Vertrouwelijk", by=chair, read=versions.of(meeting))
    told = OutgoingMail.objects.filter(kind="invited_meeting_cancelled")
    assert {mail.to_email for mail in told} == {table.chair.email}


def test_a_coordinators_no_to_a_need_is_not_taken_back_by_who_raised_it(table):
    need = NeedFactory(partnership=table.partnership, person=table.contact.person)
    leader, bringer = actor_of(table.coordinator), actor_of(table.contact)
    needs.drop(need_id=need.pk, reason="Valt erbuiten.", by=leader, read=versions.of(need))
    act = last_act(need).pk
    with pytest.raises(ValidationError):
        needs.take_back(need_id=need.pk, act_id=act, by=bringer)
    needs.take_back(need_id=need.pk, act_id=act, by=leader)


def test_what_one_took_back_oneself_is_raised_again(table):
    need = NeedFactory(partnership=table.partnership, person=table.contact.person)
    bringer = actor_of(table.contact)
    needs.drop(need_id=need.pk, reason="Al geregeld.", by=bringer, read=versions.of(need))
    needs.take_back(need_id=need.pk, act_id=last_act(need).pk, by=bringer)
    need.refresh_from_db()
    assert need.state == "open"


def test_who_left_the_organisation_answers_for_no_proposal_there(client, table):
    """Named as owner before: from the end of the role on it is for contacts and managers, who are reminded."""
    gone = member(table.employer, Role.PRACTICE_TRAINER)
    row = ImprovementProposalFactory(
        partnership=table.partnership,
        organisation=table.employer,
        considered=True,
        owner=gone.person,
        reaction_due=dt.date(2030, 1, 8),  # a Tuesday
    )
    login(client, gone)
    assert client.get(row.get_absolute_url()).status_code == 200
    Membership.objects.filter(person=gone.person).update(ends_on=today(), ended_at=timezone.now())
    assert client.get(row.get_absolute_url()).status_code == 404
    answer = client.post(
        reverse("meetings:proposal-adopt", args=[row.public_id]),
        {"answer": "Doen we.", "read": versions.of(row)},
    )
    assert answer.status_code == 404
    assert not actor_of(gone).is_proposed_to
    with time_machine.travel(
        dt.datetime.combine(row.reaction_due, dt.time(9), AMSTERDAM) + timedelta(days=1)
    ):
        tick(REMINDERS)
    told = set(OutgoingMail.objects.values_list("to_email", flat=True))
    assert gone.email not in told
    assert table.contact.email in told


def test_a_meeting_that_was_called_off_before_anyone_was_invited_stays_with_who_planned_it(client, table):
    meeting = MeetingFactory(group=table.group, draft=True)
    AgendaItemFactory(meeting=meeting, title="Nog niet voor iedereen")
    paper = PaperFactory(meeting=meeting)
    chair = actor_of(table.chair)
    service.cancel(meeting_id=meeting.pk, reason="Toch niet.", by=chair, read=versions.of(meeting))
    login(client, table.teacher)
    for url in (meeting.get_absolute_url(), paper.get_absolute_url()):
        assert client.get(url).status_code == 404
    login(client, table.chair)
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_a_meeting_that_was_called_off_after_the_invitations_is_read_by_who_was_asked(client, table):
    meeting = MeetingFactory(group=table.group, draft=True)
    people = [row.person_id for row in table.group.seats.all()]
    chair = actor_of(table.chair)
    service.invite(meeting_id=meeting.pk, people=people, by=chair, read=versions.of(meeting))
    meeting.refresh_from_db()
    service.cancel(meeting_id=meeting.pk, reason="Griep.", by=chair, read=versions.of(meeting))
    login(client, table.teacher)
    assert client.get(meeting.get_absolute_url()).status_code == 200


def test_an_item_from_which_a_need_was_answered_stays_on_the_agenda(client, table):
    """What the need says of where it came would be lost."""
    meeting = MeetingFactory(group=table.group, draft=True)
    need = NeedFactory(partnership=table.partnership)
    leader = actor_of(table.coordinator)
    item = agenda.take_needs(meeting_id=meeting.pk, needs=[need.public_id], title="", by=leader)
    need.refresh_from_db()
    needs.answer(need_id=need.pk, answer="Is geregeld.", by=leader, read=versions.of(need))
    login(client, table.chair)
    answer = client.post(reverse("meetings:item-remove", args=[item.public_id]), follow=True)
    assert answer.status_code == 200
    assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_a_decision_that_goes_on_with_an_initiative_takes_its_reason_for_stopping_away(table):
    initiative = InitiativeFactory(
        partnership=table.partnership, state="stopped", stop_reason="Geen geld.", refreshed_on="2024-01-01"
    )
    meeting = MeetingFactory(partnership=table.partnership, held=True)
    item = AgendaItemFactory(meeting=meeting)
    leader = actor_of(table.coordinator)
    decisions.record(
        item=item, text="Toch door.", reason="Er is geld.", initiative=initiative, phase="reopen", by=leader
    )
    initiative.refresh_from_db()
    assert (initiative.stop_reason, initiative.refreshed_on) == ("", today())


def test_no_decision_starts_an_initiative_where_the_partnership_is_over(table):
    """It may still be said that one ended there."""
    initiative = InitiativeFactory(partnership=table.partnership, state="preparation")
    item = AgendaItemFactory(meeting=MeetingFactory(partnership=table.partnership, held=True))
    leader = actor_of(table.coordinator)
    closings.partnership(partnership_id=table.partnership.pk, by=leader, read=None)
    with pytest.raises(ValidationError, match="beëindigd"):
        decisions.record(item=item, text="Start.", initiative=initiative, phase="start", by=leader)
    decisions.record(item=item, text="Stop.", reason="Op.", initiative=initiative, phase="stop", by=leader)
    initiative.refresh_from_db()
    assert (initiative.state, initiative.stop_reason) == ("stopped", "Op.")


def test_a_need_whose_answer_is_taken_back_does_not_wait_on_an_agenda_that_was_called_off(table):
    meeting = MeetingFactory(group=table.group, draft=True)
    need = NeedFactory(partnership=table.partnership)
    leader = actor_of(table.coordinator)
    agenda.take_needs(meeting_id=meeting.pk, needs=[need.public_id], title="", by=leader)
    need.refresh_from_db()
    needs.answer(need_id=need.pk, answer="Is geregeld.", by=leader, read=versions.of(need))
    service.cancel(meeting_id=meeting.pk, reason="Griep.", by=leader, read=versions.of(meeting))
    needs.take_back(need_id=need.pk, act_id=last_act(need).pk, by=leader)
    need.refresh_from_db()
    assert (need.state, need.item) == ("open", None)


def test_a_proposal_that_was_taken_back_comes_off_agendas_to_come(table):
    """It is its author's alone again; what a table has talked about stays in its report."""
    row = ImprovementProposalFactory(partnership=table.partnership, organisation=table.employer)
    coming = AgendaItemFactory(meeting=MeetingFactory(group=table.group), proposal=row, title=row.title)
    held = AgendaItemFactory(
        meeting=MeetingFactory(group=table.group, held=True), proposal=row, title=row.title
    )
    author = actor_of(row.author.user)
    for _turn in range(2):
        proposals.withdraw(proposal_id=row.pk, by=author, read=versions.of(row))
    assert set(AgendaItem.objects.all()) == {held}
    assert coming.meeting.items.count() == 0
