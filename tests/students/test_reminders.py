"""Reminders of the learning plan: consent by its parties, goals on their date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from portal.reminders import REMINDERS
from students.enums import Answer, GoalState, Party
from students.models import Goal, GoalVersion
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import SupervisionFactory, access, ended
from tests.factories.students import ConsentFactory, GoalFactory, GoalVersionFactory, LearningPlanFactory
from tests.reminding import days_with_mail, goal_due, reminded

pytestmark = pytest.mark.django_db


# Consent


@pytest.fixture
def plan(clock):
    """A plan with two goals put to consent, of a student with an employer, a teacher and two supervisors."""
    case = agreement_case()
    enrolment = case.placement.enrolment
    enrolment.student.person.language = "en"
    enrolment.student.person.save()
    plan = LearningPlanFactory(enrolment=enrolment)
    for _turn in range(2):
        goal = GoalFactory(plan=plan)
        GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    plan.case = case
    return plan


def consent(plan, *parties, answer=Answer.YES):
    for goal in Goal.objects.filter(plan=plan):
        for party in parties:
            organisation = plan.case.employer if party == Party.EMPLOYER else None
            ConsentFactory(
                goal_version=goal.latest,
                party=party,
                organisation=organisation,
                answer=answer,
                remark="Want.",
            )


def test_plan_reminds_all_parties_on_the_ladder(clock, plan):
    assert days_with_mail(clock, "reminder_plan_consent", 40, user=plan.case.student) == [5, 11, 20]
    assert reminded("reminder_plan_consent") == {
        plan.case.student.pk,
        plan.case.contact.pk,
        plan.case.colleague.pk,
        plan.case.teacher.pk,
    }


def test_plan_reminds_only_the_party_that_did_not_answer(clock, plan):
    consent(plan, Party.STUDENT, Party.SCHOOL)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_plan_consent") == {plan.case.contact.pk, plan.case.colleague.pk}


def test_plan_sent_back_waits_for_a_new_text_and_reminds_nobody(clock, plan):
    consent(plan, Party.STUDENT, answer=Answer.CHANGE)
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 0


def test_plan_reminds_supervisors_with_the_right_to_consent(clock, plan):
    wanted = MembershipFactory(organisation=plan.case.employer, role=Role.SUPERVISOR, may_consent=True)
    other = MembershipFactory(organisation=plan.case.employer, role=Role.SUPERVISOR)
    for membership in (wanted, other):
        SupervisionFactory(placement=plan.case.placement, membership=membership)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    found = reminded("reminder_plan_consent")
    assert (wanted.person.user_id in found, other.person.user_id in found) == (True, False)


def test_plan_reminds_no_employer_whose_grant_ended(clock, plan):
    ended(plan.enrolment, today() + timedelta(days=1))
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_plan_consent") == {plan.case.student.pk, plan.case.teacher.pk}


def test_new_employer_is_counted_from_the_day_of_the_access(clock, plan):
    consent(plan, *Party)
    ended(plan.enrolment, today() + timedelta(days=29))
    new = OrganisationFactory()
    contact = MembershipFactory(organisation=new, role=Role.CONTACT).person.user
    access(
        enrolment=plan.enrolment,
        organisation=new,
        starts_on=today() + timedelta(days=30),
        ends_on=today() + timedelta(days=300),
    )
    # 26 December is a Saturday: three working days later is Wednesday 30 December; 1 January is nobody's
    assert days_with_mail(clock, "reminder_plan_consent", 60) == [34, 41, 50]
    assert reminded("reminder_plan_consent") == {contact.pk}


def test_plan_of_a_student_who_left_reminds_nobody(clock, plan):
    type(plan.enrolment).objects.update(state="dropped_out", ended_on=today(), leaving_reason="Verhuisd")
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 0


def test_mail_is_in_the_language_of_its_reader(clock, plan):
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    english = OutgoingMail.objects.get(person__user=plan.case.student)
    dutch = OutgoingMail.objects.get(person__user=plan.case.teacher)
    assert english.subject == "Say whether you agree with your learning plan"
    assert "2 goals in your learning plan wait for your consent" in english.body
    assert dutch.subject == f"Zeg of je akkoord bent met het leerplan van {plan.enrolment.student.first_name}"
    assert "2 doelen" in dutch.body
    assert dutch.link.endswith(f"/leerplannen/{plan.public_id}/akkoord/")
    assert dutch.link in dutch.body


# Goals


def test_goal_reminds_the_student_a_week_before_and_on_the_day(clock):
    goal = goal_due(14)
    student = goal.plan.enrolment.student.person.user
    assert days_with_mail(clock, "reminder_goal_due", 30, user=student) == [7, 14]
    assert OutgoingMail.objects.values("person").distinct().count() == 1
    first = OutgoingMail.objects.earliest("pk")
    assert first.subject == "Lever uiterlijk 10 december in: Ik rapporteer"
    assert first.link.endswith(goal.get_absolute_url())
    assert OutgoingMail.objects.latest("pk").subject == "Lever vandaag in: Ik rapporteer"


def test_goal_of_a_day_on_which_nothing_ran_is_told_afterwards_once_and_says_that_the_day_is_over(clock):
    goal_due(0)
    clock.shift(timedelta(days=2))
    assert (tick(REMINDERS), tick(REMINDERS)) == (1, 0)
    assert OutgoingMail.objects.get().subject == "Nog niet ingeleverd: Ik rapporteer"
    clock.shift(timedelta(days=1))
    assert tick(REMINDERS) == 0


@pytest.mark.parametrize(
    "state", [GoalState.PROPOSED, GoalState.DEMONSTRATED, GoalState.ASSESSED, GoalState.LAPSED]
)
def test_goal_that_is_not_to_be_handed_in_reminds_nobody(clock, state):
    goal_due(7, agreed=False, state=state)
    assert tick(REMINDERS) == 0


def test_goals_of_one_day_come_in_one_mail(clock):
    plan = LearningPlanFactory()
    for _turn in range(3):
        goal_due(7, plan=plan)
    assert tick(REMINDERS) == 1
    assert OutgoingMail.objects.get().subject == "Lever uiterlijk 3 december 3 doelen in"


def test_goal_with_another_date_is_reminded_of_that_date(clock):
    goal = goal_due(7)
    assert tick(REMINDERS) == 1
    newer = GoalVersionFactory(goal=goal, number=3, agreed=True, due_on=today() + timedelta(days=28))
    Goal.objects.filter(pk=goal.pk).update(current=newer)
    assert days_with_mail(clock, "reminder_goal_due", 30) == [21, 28]
