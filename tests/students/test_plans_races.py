"""Two answers at the same moment: each counts, and a plan is active exactly once; two reports are told once."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from core import changes
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from students.enums import GoalState, Party, PlanState
from students.services import plans, reports
from tests.factories.students import WorkSituationFactory
from tests.helpers import side_by_side
from tests.students.worlds import supervisor, world

pytestmark = pytest.mark.django_db(transaction=True)


def answering(made, goal, party):
    return partial(plans.answer, goal_version_id=goal.latest_id, answer="yes", by=made.actors[party])


def test_race_last_two_answers_activate_exactly_once():
    made = world()
    goal = made.asked_goal()
    side_by_side(*[answering(made, goal, party) for party in (Party.STUDENT, Party.EMPLOYER)])
    made.plan.refresh_from_db()
    goal.refresh_from_db()
    assert (made.plan.state, goal.state) == (PlanState.ACTIVE, GoalState.AGREED)
    assert StateChange.objects.filter(model="students.learningplan").count() == 1
    assert StateChange.objects.filter(model="students.goal", action="agree").count() == 1


def test_race_of_one_party_with_itself_keeps_one_answer():
    made = world()
    goal = made.asked_goal()
    results = side_by_side(*[answering(made, goal, Party.STUDENT)] * 2, refusal=ValidationError)
    assert not any(isinstance(result, ValidationError) for result in results)
    assert goal.latest.consents.filter(party=Party.STUDENT).count() == 1


def test_race_of_readers_who_report_the_same_text_tells_student_and_teacher_once():
    made = world()
    row = WorkSituationFactory(enrolment=made.enrolment, for_employer=True, for_supervisor=True)
    readers = [made.actors[Party.EMPLOYER], actor_of(supervisor(made))]
    acts = [partial(reports.report, row=row, by=by, read=None) for by in readers * 3]
    side_by_side(*acts)
    told = OutgoingMail.objects.values_list("to_email", flat=True)
    assert sorted(told) == sorted([made.student.email, made.teacher.email])
    assert changes.history(row).count() == 1
