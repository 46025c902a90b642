"""Who gets the page of a goal that was achieved: the student alone."""

import pytest
from django.urls import reverse

from students.enums import Party
from tests.factories.partnerships import PartnershipFactory
from tests.roles import Around, enter, expected, people, status_of
from tests.students.worlds import world

COLUMNS = ("anonymous", "outsider", "student", "teacher", "contact", "manager", "coordinator", "other_school")
MATRIX = {("GET", "goal-moment"): {"anonymous": 302, "student": 200, "*": 404}}


def make_world():
    """A goal that was achieved, and everyone around it."""
    made = world()
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    made.hand_in(goal)
    made.assess(goal)
    around = Around(employer=made.employer, partnership=PartnershipFactory(), enrolment=made.enrolment)
    return goal, people(COLUMNS, around, student=made.student, teacher=made.teacher)


@pytest.fixture(scope="module")
def achieved(once):
    return once(make_world)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, achieved, column):
    goal, found = achieved
    enter(client, found[column])
    status = status_of(client, "GET", reverse("goal-moment", args=[goal.public_id]))
    assert {("GET", "goal-moment"): status} == expected(MATRIX, column)
