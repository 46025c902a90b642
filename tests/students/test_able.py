"""A cohort with students keeps a teacher who is able to act, whichever way the last one would go."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from partnerships.services import memberships
from programmes.services import cohorts
from students.enums import EnrolmentState
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import acting, closed, closing, member, side_by_side

pytestmark = pytest.mark.django_db


def teaching(cohort, **flags):
    """A teacher of the cohort, by the row that says so."""
    return CohortTeacherFactory(cohort=cohort, **flags)


def ways(row):
    """How this teacher can go: the role ends, the cohort is given to others, or the account is closed."""
    cohort, user = row.cohort, row.membership.person.user
    manager = acting(cohort.programme.school, Role.MANAGER)
    others = [other.membership for other in cohort.cohort_teachers.running().exclude(pk=row.pk)]
    return {
        "role": partial(memberships.end, membership_id=row.membership_id, by=actor_of(user), read=None),
        "cohort": partial(cohorts.save, cohort=cohort, teachers=others, by=manager, version=None),
        "account": closing(user),
    }


@pytest.mark.parametrize("way", ["role", "cohort", "account"])
@pytest.mark.parametrize("state", [EnrolmentState.ENROLLED, EnrolmentState.WAITING])
def test_last_teacher_of_students_stays(way, state):
    row = teaching(CohortFactory())
    EnrolmentFactory(cohort=row.cohort, state=state)
    with pytest.raises(ValidationError, match="hebben dan geen docent meer"):
        ways(row)[way]()
    assert row.cohort.cohort_teachers.running().filter(membership__ended_at=None).exists()


@pytest.mark.parametrize("way", ["role", "cohort", "account"])
@pytest.mark.parametrize("state", [None, EnrolmentState.COMPLETED, EnrolmentState.DROPPED_OUT])
def test_cohort_without_students_needs_nobody(way, state):
    row = teaching(CohortFactory())
    if state:
        EnrolmentFactory(cohort=row.cohort, state=state)
    ways(row)[way]()


@pytest.mark.parametrize("way", ["role", "cohort", "account"])
@pytest.mark.parametrize(
    ("colleague", "may"),
    [
        ({}, True),
        ({"ends_on": today() - timedelta(days=1)}, False),
        ({}, False),  # whose account was closed
        ({"membership__ends_on": today() - timedelta(days=1)}, False),
    ],
)
def test_teacher_goes_when_a_colleague_can_act(way, colleague, may):
    row = teaching(CohortFactory())
    EnrolmentFactory(cohort=row.cohort)
    other = teaching(row.cohort, **colleague).membership.person.user
    if not colleague and not may:
        closed(other)
    if may:
        ways(row)[way]()
    else:
        with pytest.raises(ValidationError):
            ways(row)[way]()


@pytest.mark.django_db(transaction=True)
def test_two_last_teachers_who_leave_at_once_leave_one():
    cohort = CohortFactory()
    EnrolmentFactory(cohort=cohort)
    one, other = teaching(cohort), teaching(cohort)
    manager = actor_of(member(cohort.programme.school, Role.MANAGER))
    leave = partial(
        memberships.end, membership_id=one.membership_id, by=actor_of(one.membership.person.user), read=None
    )
    give = partial(cohorts.save, cohort=cohort, teachers=[one.membership], by=manager, version=None)
    results = side_by_side(leave, give, refusal=ValidationError)
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert not other.cohort.cohort_teachers.filter(pk=one.pk, ended_at__isnull=False).exists()
