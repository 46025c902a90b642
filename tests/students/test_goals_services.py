"""A goal from agreed to achieved, handed in as often as it takes."""

import pytest
from django.core.exceptions import ValidationError

from core.models import OutgoingMail
from students.enums import GoalResult, GoalState, Party, PlanState
from students.models import Assessment
from students.services import goals, plans
from tests.factories.students import GoalFactory

pytestmark = pytest.mark.django_db
ALL = (Party.STUDENT, Party.EMPLOYER)


def test_goal_goes_from_agreed_to_achieved(made):
    goal = made.asked_goal()
    made.answer(goal, *ALL)
    goals.begin(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)
    made.hand_in(goal)
    made.assess(goal, GoalResult.NOT_YET, "Laat het nog eens zien.")
    assert (goal.state, goal.result, goal.assessed_by) == (
        GoalState.ASSESSED,
        GoalResult.NOT_YET,
        made.teacher.person,
    )
    assert Assessment.objects.of_goal(goal).get().feedback == "Laat het nog eens zien."
    mail = OutgoingMail.objects.get(kind="student_goal_assessed")
    assert mail.to_email == made.student.email
    goals.resume(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)
    goal.refresh_from_db()
    assert (goal.state, goal.result, goal.assessed_at) == (GoalState.BUSY, "", None)


def test_not_yet_needs_words(made):
    goal = GoalFactory(plan=made.plan, state=GoalState.DEMONSTRATED)
    with pytest.raises(ValidationError):
        made.assess(goal, "not_yet")
    goal.refresh_from_db()
    assert goal.state == GoalState.DEMONSTRATED


def test_achieved_goal_is_not_taken_up_again(made):
    goal = GoalFactory(plan=made.plan, state=GoalState.ASSESSED)
    with pytest.raises(ValidationError):
        goals.resume(goal_id=goal.pk, by=made.actors[Party.SCHOOL], read=None)


def test_dropping_the_last_open_goal_activates_the_plan(made):
    agreed, dropped = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    made.answer(agreed, *ALL)
    with pytest.raises(ValidationError):
        goals.lapse(goal_id=dropped.pk, reason=" ", by=made.actors[Party.SCHOOL], read=None)
    goals.lapse(
        goal_id=dropped.pk, reason="Past niet bij deze afdeling", by=made.actors[Party.SCHOOL], read=None
    )
    made.plan.refresh_from_db()
    assert made.plan.state == PlanState.ACTIVE
