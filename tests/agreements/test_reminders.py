"""What is due and for whom: each rule's ladder, its stop, and only people who can do the act now."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from agreements.services import agreements
from core import outbox
from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from placements.enums import MatchState, SlotState
from placements.models import Match, Slot
from portal.reminders import REMINDERS
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import MatchFactory, SlotFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import LearnerAccessFactory, LearningPlanFactory
from tests.reminding import days_with_mail, goal_due, reminded

pytestmark = pytest.mark.django_db


# Agreements


@pytest.fixture
def case(clock):
    case = agreement_case()
    case.ask()
    return case


def test_agreement_is_reminded_on_the_ladder_and_then_no_more(clock, case):
    kind = "reminder_agreement_signature"
    assert days_with_mail(clock, kind, 60, user=case.student) == [5, 11, 20]


def test_agreement_reminds_who_can_sign_and_nobody_else(clock, case):
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.student.pk, case.contact.pk, case.teacher.pk}


def test_agreement_reminds_only_parties_that_have_not_signed(clock, case):
    case.sign("student", case.student)
    case.sign("school", case.teacher)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.contact.pk}


@pytest.mark.parametrize("lost", ["ended", "right", "inactive"])
def test_agreement_reminds_nobody_who_lost_the_right(clock, case, lost):
    if lost == "ended":
        case.contact.memberships.update(ends_on=today())
    elif lost == "right":
        case.contact.memberships.update(may_sign=False)
    else:
        case.contact.is_active = False
        case.contact.save()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert case.contact.pk not in reminded("reminder_agreement_signature")


def test_agreement_that_changed_counts_from_the_new_question(clock, case):
    clock.shift(timedelta(days=4))
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Anders.")
    clock.shift(timedelta(days=1))
    assert tick(REMINDERS) == 0  # nothing is asked now
    case.ask()  # Tuesday 1 December
    assert days_with_mail(clock, "reminder_agreement_signature", 15, user=case.student) == [8, 14]


def test_representative_is_asked_of_the_teachers_on_paper(clock):
    case = agreement_case(minor=True)
    colleague = CohortTeacherFactory(cohort=case.placement.enrolment.cohort).membership.user  # signs not
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.teacher.pk, colleague.pk}
    mail = OutgoingMail.objects.filter(kind="reminder_agreement_signature").first()
    assert mail.link.endswith("/papier/")


def test_fully_signed_agreement_without_accreditation_is_not_asked_for_signatures(clock):
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 0


def test_several_agreements_come_in_one_mail(clock, case):
    other = agreement_case()
    cohort = other.placement.enrolment.cohort
    membership = case.teacher.memberships.get()
    membership.organisation = other.school
    CohortTeacherFactory(
        cohort=cohort,
        membership=MembershipFactory(
            user=case.teacher, organisation=other.school, role=Role.TEACHER, may_sign=True
        ),
    )
    other.placement.enrolment.cohort.programme.school = case.school
    programme = cohort.programme
    programme.school = case.school
    programme.save()
    CohortTeacherFactory(cohort=cohort, membership=case.teacher.memberships.get(organisation=case.school))
    other.ask()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    (mail,) = OutgoingMail.objects.filter(kind="reminder_agreement_signature", user=case.teacher)
    assert mail.subject == "Teken 2 praktijkovereenkomsten"
    assert mail.link.endswith(f"/school/{case.school.slug}/overeenkomsten/")
    assert mail.body.count("/tekenen/") == 2


# Places


def test_place_is_asked_about_after_thirty_days_until_it_is_confirmed(clock):
    slot = SlotFactory(ends_on=today() + timedelta(days=400))
    keeper = MembershipFactory(organisation=slot.organisation, role=Role.MANAGER).user
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
    assert OutgoingMail.objects.get().subject == "Bevestig je 3 leerwerkplekken"


# Matches


def test_match_reminds_the_employer_twice_by_first_name_only(clock):
    match = MatchFactory()
    contact = MembershipFactory(organisation=match.slot.organisation, role=Role.CONTACT).user
    manager = MembershipFactory(organisation=match.slot.organisation, role=Role.MANAGER).user
    assert days_with_mail(clock, "reminder_match_answer", 40) == [5, 11]
    assert reminded("reminder_match_answer") == {contact.pk}
    assert manager.pk not in reminded("reminder_match_answer")
    student = match.enrolment.student
    body = OutgoingMail.objects.earliest("pk").body
    assert student.first_name in body
    assert student.full_name not in body


def test_match_reminds_the_student_once_the_employer_agreed(clock):
    match = MatchFactory(state=MatchState.EMPLOYER_AGREED, employer_agreed_at=timezone.now())
    MembershipFactory(organisation=match.slot.organisation)
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 1
    mail = OutgoingMail.objects.get()
    assert mail.user_id == match.enrolment.student.user_id
    assert mail.subject == f"Zeg ja of nee tegen je plek bij {match.slot.organisation.name}"


@pytest.mark.parametrize(
    "state", [MatchState.ACCEPTED, MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED]
)
def test_answered_match_reminds_nobody(clock, state):
    match = MatchFactory()
    MembershipFactory(organisation=match.slot.organisation)
    Match.objects.update(state=state, employer_agreed_at=timezone.now())
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 0


# All


def test_reminder_leaves_over_smtp(clock, case, smtp_server):
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        outbox.deliver_due()
    to_student = [message for message in smtp_server.messages if message["To"] == case.student.email]
    (reminder,) = [message for message in to_student if "POK" in message.get_content()][-1:]
    assert reminder["Subject"].startswith("Teken je praktijkovereenkomst met")
    assert f"/overeenkomsten/{case.agreement.public_id}/tekenen/" in reminder.get_content().replace("=\n", "")


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_as_much_for_one_thing_as_for_three(clock, count, django_assert_num_queries):
    for _turn in range(count):
        case = agreement_case()
        case.ask()
        goal_due(12, plan=LearningPlanFactory(enrolment=case.placement.enrolment))
        MatchFactory(slot__organisation=case.employer)
        LearnerAccessFactory(enrolment=case.placement.enrolment, organisation=case.employer)
    SlotFactory(confirmed_on=today() - timedelta(days=25), organisation=case.employer)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    with django_assert_num_queries(29):
        assert tick(REMINDERS) == 0
