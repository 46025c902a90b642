"""Acts of students and teachers on a page that is old by now: nothing happens, and it is said."""

import pytest
from django.urls import reverse

from core.dates import today
from students.enums import GoalState
from students.services import leavings
from tests.factories.students import EnrolmentFactory, EvidenceFactory, GoalFactory
from tests.helpers import login
from tests.late import press_late

pytestmark = pytest.mark.django_db


def of_student(row, name: str) -> str:
    here = [row.cohort.programme.school.slug, row.cohort.public_id, row.public_id]
    return reverse(f"students:{name}", args=here)


def at(row, name: str) -> str:
    return reverse(f"students:{name}", args=[row.public_id])


@pytest.mark.parametrize(
    ("name", "state"), [("goal-begin", GoalState.AGREED), ("goal-hand-in", GoalState.BUSY)]
)
def test_goal_is_begun_and_handed_in_as_it_was_read(client, made, name, state):
    goal = GoalFactory(plan=made.plan, state=state)
    EvidenceFactory(goal=goal, for_teachers=True)
    press_late(login(client, made.student), at(goal, name), goal)


def test_goal_is_taken_up_again_as_it_was_read(client, made):
    goal = GoalFactory(plan=made.plan, state=GoalState.BUSY)
    made.hand_in(goal)
    made.assess(goal, "not_yet", "Nog eens")
    press_late(login(client, made.student), at(goal, "goal-resume"), goal)


def test_goal_is_dropped_as_it_was_read_and_the_reason_stays(client, made):
    goal = GoalFactory(plan=made.plan)
    press_late(login(client, made.teacher), at(goal, "goal-lapse"), goal, {"reason": "Past niet"})


def test_evidence_is_removed_as_it_was_read(client, made):
    piece = EvidenceFactory(goal=GoalFactory(plan=made.plan, state=GoalState.BUSY))
    login(client, made.student)
    press_late(client, at(piece, "evidence-remove"), piece, {"goal": piece.goal.public_id})


def test_plan_is_opened_again_as_it_was_read(client, made):
    login(client, made.teacher)
    close = at(made.plan, "plan-close")
    press_late(client, close, made.plan)
    made.plan.refresh_from_db()
    client.post(close, {"read": made.plan.row_version})
    press_late(client, at(made.plan, "plan-reopen"), made.plan)


@pytest.mark.parametrize("name", ["enrolment-reinstate", "enrolment-return"])
def test_who_left_comes_back_as_it_was_read(client, made, name):
    row, by = made.enrolment, made.actors["school"]
    leavings.drop_out(enrolment_id=row.pk, last_day=today(), reason="Verhuisd", by=by, read=None)
    data = {"cohort": row.cohort_id, "starts_on": today().isoformat(), "ends_on": ""}
    press_late(login(client, made.teacher), of_student(row, name), row, data)


def test_waiting_student_is_admitted_as_it_was_read(client, made):
    waiting = EnrolmentFactory(cohort=made.enrolment.cohort, state="waiting")
    press_late(login(client, made.teacher), of_student(waiting, "enrolment-admit"), waiting)


def test_invitation_goes_to_the_address_that_was_read(client, made):
    row = EnrolmentFactory(cohort=made.enrolment.cohort, student__person__user=None)
    login(client, made.teacher)
    press_late(client, of_student(row, "enrolment-invite"), [row, row.student.person])
    press_late(client, of_student(row, "enrolment-invite"), [row.student.person], read="1.0")
