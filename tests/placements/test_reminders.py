"""Reminders of slots to confirm and of matches to answer: their ladders, their stops, and only people who can act now."""

import datetime as dt
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from placements.enums import Cause, MatchState, SlotState
from placements.models import Match, Slot
from portal.reminders import REMINDERS
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import MatchFactory, SlotFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.reminding import days_with_mail, reminded
from ui.formats import day

pytestmark = pytest.mark.django_db


# Slots


def test_place_is_asked_about_after_thirty_days_until_it_is_confirmed(clock):
    slot = SlotFactory(ends_on=today() + timedelta(days=400))
    keeper = MembershipFactory(organisation=slot.organisation, role=Role.MANAGER).person.user
    MembershipFactory(organisation=slot.organisation, role=Role.SUPERVISOR)
    MembershipFactory(organisation=slot.organisation, role=Role.CONTACT, ends_on=today())
    assert days_with_mail(clock, "reminder_slot_confirm", 80) == [32, 39, 46]
    assert reminded("reminder_slot_confirm") == {keeper.pk}


def test_confirmed_place_starts_counting_again(clock):
    slot = SlotFactory(ends_on=today() + timedelta(days=400))
    MembershipFactory(organisation=slot.organisation)
    clock.shift(timedelta(days=20))
    Slot.objects.update(confirmed_on=today())
    assert days_with_mail(clock, "reminder_slot_confirm", 60) == [50, 57]


@pytest.mark.parametrize(
    "change",
    [{"state": SlotState.CLOSED}, {"state": SlotState.DRAFT}, {"ends_on": dt.date(2026, 12, 1)}],
)
def test_place_that_is_not_offered_reminds_nobody(clock, change):
    slot = SlotFactory()
    MembershipFactory(organisation=slot.organisation)
    if "ends_on" in change:
        change = change | {"starts_on": dt.date(2026, 11, 1)}
    Slot.objects.update(**change)
    assert days_with_mail(clock, "reminder_slot_confirm", 50) == []


def test_places_of_one_employer_come_in_one_mail(clock):
    employer = OrganisationFactory()
    MembershipFactory(organisation=employer)
    for _turn in range(3):
        SlotFactory(organisation=employer, ends_on=today() + timedelta(days=400))
    clock.shift(timedelta(days=32))
    assert tick(REMINDERS) == 1
    assert OutgoingMail.objects.get().subject == "Bevestig je 3 plekken"


# Matches


def test_match_reminds_the_employer_by_first_name_only(clock):
    """By employer_match_waiting.txt."""
    match = MatchFactory()
    contact = MembershipFactory(organisation=match.slot.organisation, role=Role.CONTACT).person.user
    MembershipFactory(organisation=match.slot.organisation, role=Role.MANAGER)
    assert days_with_mail(clock, "reminder_match_answer", 40) == [7]
    assert reminded("reminder_match_answer") == {contact.pk}
    student = match.enrolment.student
    body = OutgoingMail.objects.earliest("pk").body
    assert student.first_name in body
    assert student.full_name not in body
    assert f"uiterlijk {day(match.answer_by)}" in body


def test_after_eight_working_days_colleagues_are_asked_by_a_mail_of_their_own(clock):
    """colleague_match_waiting.txt, and manager_match_waiting.txt which names no student."""
    match = MatchFactory()
    employer = match.slot.organisation
    contact, trainer = (
        MembershipFactory(organisation=employer, role=role).person
        for role in (Role.CONTACT, Role.PRACTICE_TRAINER)
    )
    manager = MembershipFactory(organisation=employer, role=Role.MANAGER).person
    MembershipFactory(organisation=employer, role=Role.SUPERVISOR)
    assert days_with_mail(clock, "reminder_match_colleague", 40) == [12, 12, 12]
    mails = {mail.person: mail for mail in OutgoingMail.objects.filter(kind="reminder_match_colleague")}
    assert mails.keys() == {contact, trainer, manager}
    assert str(trainer) in mails[contact].body
    assert match.get_absolute_url() in mails[contact].body
    assert match.enrolment.student.full_name not in mails[contact].body
    to_manager = mails[manager].subject + mails[manager].body
    assert match.enrolment.student.first_name not in to_manager
    assert {str(contact) in to_manager, str(trainer) in to_manager} == {True}
    assert all(day(match.answer_by) in mail.body for mail in mails.values())


def test_for_a_silent_student_the_proposer_is_asked_too(clock):
    """proposer_match_waiting.txt, and student_match_waiting.txt to the student once more."""
    proposer = UserFactory().person
    match = MatchFactory(
        state=MatchState.EMPLOYER_AGREED, employer_agreed_at=timezone.now(), proposed_by=proposer
    )
    CohortTeacherFactory(cohort=match.enrolment.cohort, membership__person=proposer)
    contact = MembershipFactory(organisation=match.slot.organisation).person
    assert days_with_mail(clock, "reminder_match_colleague", 40) == [12, 12]
    mails = {mail.person: mail for mail in OutgoingMail.objects.all()}
    assert mails.keys() == {proposer, match.enrolment.student.person}
    assert contact not in mails
    assert match.enrolment.student.full_name in mails[proposer].body
    assert "heeft nog niet geantwoord" in mails[proposer].subject


def test_two_unanswered_matches_come_in_one_mail_to_each(clock):
    first = MatchFactory()
    MatchFactory(slot=first.slot)
    for role in (Role.CONTACT, Role.MANAGER):
        MembershipFactory(organisation=first.slot.organisation, role=role)
    assert days_with_mail(clock, "reminder_match_colleague", 40) == [12, 12]
    assert {mail.subject for mail in OutgoingMail.objects.all()} == {
        "Nog niemand heeft geantwoord op 2 voorstellen"
    }


def test_match_reminds_the_student_once_the_employer_agreed(clock):
    match = MatchFactory(state=MatchState.EMPLOYER_AGREED, employer_agreed_at=timezone.now())
    MembershipFactory(organisation=match.slot.organisation)
    clock.shift(timedelta(days=7))
    assert tick(REMINDERS) == 1
    mail = OutgoingMail.objects.get()
    assert mail.person_id == match.enrolment.student.person_id
    assert mail.subject == f"Zeg ja of nee tegen je plek bij {match.slot.organisation.name}"


@pytest.mark.parametrize(
    "state", [MatchState.ACCEPTED, MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED]
)
def test_answered_match_reminds_nobody(clock, state):
    match = MatchFactory()
    MembershipFactory(organisation=match.slot.organisation)
    cause = Cause.SILENCE if state == MatchState.EXPIRED else ""
    Match.objects.update(state=state, close_cause=cause, employer_agreed_at=timezone.now())
    clock.shift(timedelta(days=7))
    assert tick(REMINDERS) == 0
