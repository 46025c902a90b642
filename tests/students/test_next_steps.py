"""What waits for whom around plans, and what it costs to ask."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from students.enums import EnrolmentState, GoalResult, GoalState, Party
from students.models import GoalVersion
from students.presenters import next_steps
from students.services import plans
from tests.factories.students import EnrolmentFactory, GoalFactory, GoalVersionFactory, WorkSituationFactory
from tests.helpers import acting
from tests.students.worlds import supervisor
from ui.next_steps import NextStep, by_urgency, first_of

pytestmark = pytest.mark.django_db


def kinds(steps):
    return sorted(step.kind for step in steps)


def test_urgent_first_and_no_day_last():
    late = NextStep("b", "", "/b/", "Doe", due=today() + timedelta(days=3))
    soon = NextStep("a", "", "/a/", "Doe", due=today())
    never = NextStep("c", "", "/c/", "Doe")
    assert by_urgency([never, late, soon]) == [soon, late, never]
    first_step = first_of([soon, late, never], "/alles/")
    assert (first_step.step.title, first_step.more, first_step.more_url) == ("a", 2, "/alles/")
    assert first_of([], "/alles/") is None


def test_student_is_asked_to_agree_to_mend_to_resume_and_to_show(django_assert_num_queries, made):
    made.asked_goal()
    sent_back = made.asked_goal()
    made.answer(sent_back, Party.EMPLOYER, answer="change", remark="Anders")
    GoalFactory(plan=made.plan, state=GoalState.ASSESSED, result=GoalResult.NOT_YET)
    soon = GoalFactory(plan=made.plan, agreed=True)
    late = GoalFactory(plan=made.plan, agreed=True)
    for goal, days in ((soon, 5), (late, 40)):
        goal.current = goal.latest = GoalVersionFactory(
            goal=goal, number=2, agreed=True, due_on=today() + timedelta(days=days)
        )
        goal.save()
    GoalFactory(plan=made.plan, state=GoalState.ASSESSED)
    with django_assert_num_queries(3):
        steps = next_steps.for_student(made.actors[Party.STUDENT])
    assert kinds(steps) == ["consent", "due", "not_yet", "sent_back"]


def test_student_with_nothing_to_do_hears_nothing(made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    assert next_steps.for_student(made.actors[Party.STUDENT]) == []


def test_teacher_is_asked_to_assess_to_answer_and_to_make_plans(django_assert_num_queries, made):
    GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.STUDENT])
    handed_in = GoalFactory(plan=made.plan, agreed=True)
    made.hand_in(handed_in)
    EnrolmentFactory(cohort=made.enrolment.cohort)
    actor = made.actors[Party.SCHOOL]
    with django_assert_num_queries(4):
        steps = next_steps.for_teacher(actor, made.school.pk)
    assert kinds(steps) == ["assess", "consent", "plan"]
    assert any(made.enrolment.student.full_name in str(step.text) for step in steps)
    assert next_steps.for_teacher(actor, made.employer.pk) == []
    assert next_steps.for_teacher(acting(made.school, Role.TEACHER), made.school.pk) == []


def test_employer_and_supervisor_are_asked_to_answer(django_assert_num_queries, made):
    made.asked_goal()
    actor = made.actors[Party.EMPLOYER]
    with django_assert_num_queries(1):
        steps = next_steps.for_employer(actor, made.employer.pk)
    assert kinds(steps) == ["consent"]
    assert next_steps.for_employer(acting(made.employer, Role.MANAGER), made.employer.pk) == []
    assert next_steps.for_supervisor(actor_of(supervisor(made))) == []
    assert kinds(next_steps.for_supervisor(actor_of(supervisor(made, may_consent=True)))) == ["consent"]


def test_nobody_is_chased_for_a_text_that_was_not_asked(made):
    GoalFactory(plan=made.plan)
    assert GoalVersion.objects.filter(asked_at__isnull=True).exists()
    assert next_steps.for_employer(made.actors[Party.EMPLOYER], made.employer.pk) == []
    assert next_steps.for_student(made.actors[Party.STUDENT]) == []


def test_teacher_sees_what_waits_in_own_cohorts(django_assert_num_queries, made):
    cohort = made.enrolment.cohort
    WorkSituationFactory(enrolment=made.enrolment)
    EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    actor = made.actors[Party.SCHOOL]
    with django_assert_num_queries(4):
        steps = next_steps.for_teacher(actor, made.school.pk)
    assert kinds(steps) == ["situation", "waiting"]
    cohort.capacity = 1
    cohort.save()
    assert kinds(next_steps.for_teacher(actor, made.school.pk)) == ["situation"]
