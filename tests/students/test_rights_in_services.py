"""Whoever may do something with a student is asked by the service, under its lock: no page has to remember it."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of_person
from students.enums import EnrolmentState
from students.models import Enrolment
from students.services import enrolments, leavings, returns
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import acting

pytestmark = pytest.mark.django_db

NEW = {
    "first_name": "Sam",
    "last_name": "Baarn",
    "email": "sam@leerling.example",
    "born_on": today().replace(year=today().year - 20, day=1),
    "town": "Lelystad",
    "pc4": "8224",
}
WAITING, LEFT = EnrolmentState.WAITING, EnrolmentState.DROPPED_OUT


def leave(row, by):
    return leavings.drop_out(enrolment_id=row.pk, last_day=today(), reason="Verhuisd", by=by, read=None)


def re_enrol(row, by):
    days = {"starts_on": row.starts_on, "ends_on": row.cohort.ends_on}
    return returns.re_enrol(enrolment_id=row.pk, cohort_id=row.cohort_id, by=by, **days, read=None)


def transfer(row, by):
    other = CohortFactory(programme=row.cohort.programme)
    return leavings.transfer(enrolment_id=row.pk, cohort_id=other.pk, by=by, read=None)


# Each verb with the state in which it is done.
VERBS = {
    "enrol": (None, lambda row, by: enrolments.enrol(cohort_id=row.cohort_id, by=by, **NEW)),
    "change": (
        None,
        lambda row, by: enrolments.change(enrolment_id=row.pk, by=by, town="Almere", version=None),
    ),
    "admit": (WAITING, lambda row, by: enrolments.admit(enrolment_id=row.pk, by=by, read=None)),
    "invite": (None, lambda row, by: enrolments.invite(enrolment_id=row.pk, by=by, read=None)),
    "drop_out": (None, leave),
    "complete": (None, lambda row, by: leavings.complete(enrolment_id=row.pk, by=by, read=None)),
    "transfer": (None, transfer),
    "reinstate": (LEFT, lambda row, by: returns.reinstate(enrolment_id=row.pk, by=by, read=None)),
    "re_enrol": (LEFT, re_enrol),
}


def enrolment(state):
    row = EnrolmentFactory(student__person__user=None)
    teacher = acting(row.cohort.programme.school, Role.TEACHER)
    CohortTeacherFactory(cohort=row.cohort, membership_id=_role(teacher))
    teacher = actor_of_person(teacher.person_id)
    if state == LEFT:
        leave(row, teacher)
    elif state is not None:
        Enrolment.objects.filter(pk=row.pk).update(state=state)
    return Enrolment.objects.get(pk=row.pk), teacher


def _role(actor):
    (membership,) = actor.memberships(Role.TEACHER)
    return membership


@pytest.mark.parametrize("who", ["colleague", "teacher elsewhere", "manager"])
@pytest.mark.parametrize("verb", VERBS)
def test_who_does_not_teach_the_cohort_does_nothing_with_its_students(verb, who):
    state, act = VERBS[verb]
    row, _teacher = enrolment(state)
    if who == "teacher elsewhere":
        by = acting(CohortFactory().programme.school, Role.TEACHER)
    else:
        role = Role.MANAGER if who == "manager" else Role.TEACHER
        by = acting(row.cohort.programme.school, role)
    before = list(Enrolment.objects.order_by("pk").values())
    with pytest.raises(ValidationError, match="Alleen de docenten"):
        act(row, by)
    assert list(Enrolment.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_teacher_of_the_cohort_does(verb):
    state, act = VERBS[verb]
    row, teacher = enrolment(state)
    assert act(row, teacher) is not None
