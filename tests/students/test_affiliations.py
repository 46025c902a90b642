"""A student takes part in the partnership of the programme as long as the enrolment lasts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Affiliation, Group, GroupSeat, Studying
from partnerships.models.expectations import Lacking
from partnerships.services import affiliations, groups
from programmes.models import Programme
from students.enums import EnrolmentState
from students.models import Enrolment
from students.services import leavings, returns
from tests.factories.partnerships import GroupExpectationFactory, GroupFactory, PartnershipFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import gives_in, login
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory(cohort__programme__partnership=PartnershipFactory())


@pytest.fixture
def teacher(enrolment):
    return actor_of(CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user)


def running(enrolment):
    return Studying.objects.running().filter(pk=enrolment.pk)


def test_enrolled_student_takes_part_with_the_school(enrolment):
    row = running(enrolment).get()
    programme = enrolment.cohort.programme
    assert (row.person, row.partnership) == (enrolment.student.person, programme.partnership)
    assert (row.organisation, row.starts_on, row.ends_on) == (
        programme.school,
        enrolment.starts_on,
        enrolment.ends_on,
    )


@pytest.fixture
def seat(enrolment):
    """The student in a group of the partnership."""
    studying = running(enrolment).get()
    leader = coordinator(Around(partnership=studying.partnership))
    return groups.seat_affiliate(
        group_id=GroupFactory(partnership=studying.partnership).pk,
        affiliation=studying,
        is_observer=False,
        by=actor_of(leader),
    )


def reads(seat):
    return GroupSeat.objects.giving_papers().filter(pk=seat.pk).exists()


def test_seat_opens_as_long_as_the_enrolment_lasts_whoever_writes_it(seat, enrolment):
    """The database asks the enrolment itself: a writer past the services changes what may be read."""
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    assert reads(seat)
    for change in (
        {"state": EnrolmentState.COMPLETED, "ended_on": today()},
        {"ends_on": today() - timedelta(days=1)},
        {"starts_on": today() + timedelta(days=1)},
    ):
        before = {name: getattr(enrolment, name) for name in change}
        rows.update(**change)
        assert not reads(seat)
        rows.update(**before)
        assert reads(seat)
    gives_in(Programme.objects.get(), PartnershipFactory())
    assert not reads(seat)


def test_seat_of_a_student_names_an_enrolment_of_that_person(seat):
    Affiliation.objects.update(source_id=EnrolmentFactory(cohort=CohortFactory()).pk)
    assert not reads(seat)


def test_days_of_a_student_are_those_of_the_enrolment(seat):
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.update(ends_on=today(), ended_at=timezone.now())


def test_another_seat_rests_on_the_same_row(seat, enrolment):
    again = affiliations.of_student(studying=running(enrolment).get())
    assert again == seat.affiliation


def test_who_left_is_missed_at_the_table(client, seat, enrolment, teacher):
    group = seat.group
    GroupExpectationFactory(group=group)
    group = Group.objects.with_expected().get(pk=group.pk)
    seats = GroupSeat.objects.running().filter(group=group).with_held()
    assert group.missing([], seats).voices == []
    leavings.drop_out(enrolment_id=enrolment.pk, last_day=today(), reason="Ander werk", by=teacher, read=None)
    assert group.missing([], seats.all()).voices == [Lacking("student", 1, voice="student")]
    login(client, coordinator(Around(partnership=group.partnership)))
    page = client.get(group.get_absolute_url()).content.decode()
    assert "doet niet meer mee" in page


def test_ends_with_the_enrolment_and_comes_back_with_it(enrolment, teacher):
    row = running(enrolment).get()
    leavings.drop_out(enrolment_id=enrolment.pk, last_day=today(), reason="Ander werk", by=teacher, read=None)
    assert not running(enrolment).exists()
    returns.reinstate(enrolment_id=enrolment.pk, by=teacher, read=None)
    assert running(enrolment).get() == row


def test_ends_when_the_enrolment_is_completed(enrolment, teacher):
    leavings.complete(enrolment_id=enrolment.pk, by=teacher, read=None)
    assert not running(enrolment).exists()


def test_goes_along_when_the_programme_goes_to_another_partnership(enrolment):
    programme = enrolment.cohort.programme
    gives_in(programme, PartnershipFactory())
    assert running(enrolment).get().partnership == programme.partnership
    gives_in(programme, None)
    assert not running(enrolment).exists()


@pytest.mark.parametrize("state", [state for state in EnrolmentState if state != EnrolmentState.ENROLLED])
def test_nobody_takes_part_who_is_not_enrolled(state):
    row = EnrolmentFactory(cohort__programme__partnership=PartnershipFactory(), state=state)
    assert not running(row).exists()
