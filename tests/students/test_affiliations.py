"""A student takes part in the partnership of the programme as long as the enrolment lasts."""

import pytest

from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Affiliation
from students.enums import EnrolmentState
from students.services import affiliations, leavings, returns
from tests.factories.partnerships import PartnershipFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    row = EnrolmentFactory(cohort__programme__partnership=PartnershipFactory())
    affiliations.follow(enrolment_id=row.pk)
    return row


@pytest.fixture
def teacher(enrolment):
    return actor_of(CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user)


def running(enrolment):
    return Affiliation.objects.running().filter(source_id=enrolment.pk, kind="student")


def test_enrolled_student_takes_part_with_the_school(enrolment):
    row = running(enrolment).get()
    programme = enrolment.cohort.programme
    assert (row.person, row.partnership) == (enrolment.student.person, programme.partnership)
    assert (row.organisation, row.starts_on, row.ends_on) == (
        programme.school,
        enrolment.starts_on,
        enrolment.ends_on,
    )


def test_ends_with_the_enrolment_and_comes_back_with_it(enrolment, teacher):
    row = running(enrolment).get()
    leavings.drop_out(enrolment_id=enrolment.pk, last_day=today(), reason="Ander werk", by=teacher)
    assert not running(enrolment).exists()
    returns.reinstate(enrolment_id=enrolment.pk, by=teacher)
    assert running(enrolment).get() == row


def test_ends_when_the_enrolment_is_completed(enrolment, teacher):
    leavings.complete(enrolment_id=enrolment.pk, by=teacher)
    assert not running(enrolment).exists()


def test_goes_along_when_the_programme_goes_to_another_partnership(enrolment):
    programme = enrolment.cohort.programme
    programme.partnership = PartnershipFactory()
    programme.save()
    assert running(enrolment).get().partnership == programme.partnership
    programme.partnership = None
    programme.save()
    assert not running(enrolment).exists()


@pytest.mark.parametrize("state", [state for state in EnrolmentState if state != EnrolmentState.ENROLLED])
def test_nobody_takes_part_who_is_not_enrolled(state):
    row = EnrolmentFactory(cohort__programme__partnership=PartnershipFactory(), state=state)
    affiliations.follow(enrolment_id=row.pk)
    assert not running(row).exists()
