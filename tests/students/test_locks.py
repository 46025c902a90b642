"""What a verb reads behind its lock is as it is now, and as the plain query gives it."""

import pytest

from students.enums import GoalState
from students.queries.visible import parties_of, texts_of
from tests.factories.students import GoalFactory, GoalVersionFactory

pytestmark = pytest.mark.django_db


def test_texts_are_the_newest_each_time():
    goal = GoalFactory(state=GoalState.AGREED)
    (before,) = texts_of(goal=goal.pk)
    newer = GoalVersionFactory(goal=goal, number=before.latest.number + 1)
    goal.latest = newer
    goal.save()
    (after,) = texts_of(goal=goal.pk)
    (plain,) = texts_of.plain(goal=goal.pk)  # type: ignore[attr-defined]  # a Written
    assert after.latest.text == plain.latest.text == newer.text
    assert after.current == before.current


def test_parties_are_those_of_now():
    enrolment = GoalFactory().plan.enrolment
    (before,) = parties_of(enrolment=enrolment.pk)
    enrolment.student.person.last_name = "Anders"
    enrolment.student.person.save()
    (after,) = parties_of(enrolment=enrolment.pk)
    (plain,) = parties_of.plain(enrolment=enrolment.pk)  # type: ignore[attr-defined]  # a Written
    assert after.parties == plain.parties
    assert after.student.person.last_name == "Anders" != before.student.person.last_name
