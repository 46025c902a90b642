"""A teacher leaves on a day that is chosen: cohorts go over the day after it, and come back when that is taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from partnerships.models import Membership
from partnerships.services import memberships, returns
from programmes.models import Cohort
from programmes.queries.leaving import key_of
from programmes.services import cohorts
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import actor_of, at_noon, login, member

pytestmark = pytest.mark.django_db
GONE = 10  # days until the last one


def in_days(count):
    return today() + timedelta(days=count)


@pytest.fixture
def school():
    return OrganisationFactory(school=True)


@pytest.fixture
def manager(school):
    return member(school, Role.MANAGER)


@pytest.fixture
def leaver(school) -> Membership:
    return MembershipFactory(organisation=school, role=Role.TEACHER)


@pytest.fixture
def successor(school) -> Membership:
    return MembershipFactory(organisation=school, role=Role.TEACHER, person__first_name="Soraya")


@pytest.fixture
def cohort(school, leaver) -> Cohort:
    """With a student, and nobody else who teaches it."""
    found = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=found, membership=leaver, is_lead=True)
    EnrolmentFactory(cohort=found)
    return found


def end(leaver, manager, cohort, to, last_day=None):
    memberships.end(
        membership_id=leaver.pk,
        by=actor_of(manager),
        last_day=last_day,
        successors={key_of(cohort.pk): to.pk},
        read=None,
    )


def back(leaver, manager):
    return returns.role(membership_id=leaver.pk, by=actor_of(manager), read=None)


def taught(cohort):
    """Who teaches it now by a role that runs, and who of them is asked first."""
    rows = cohort.cohort_teachers.running().filter(membership__in=Membership.objects.running())
    return {row.membership_id: row.is_lead for row in rows}


def test_successor_begins_the_day_after_the_last_day(manager, leaver, successor, cohort):
    end(leaver, manager, cohort, successor, in_days(GONE))
    user = successor.person.user
    for days, teaches in ((0, leaver), (GONE, leaver), (GONE + 1, successor)):
        with at_noon(days):
            assert taught(cohort) == {teaches.pk: True}
            assert Cohort.objects.taught_by(actor_of(user)).exists() is (teaches == successor)


def test_successor_of_who_leaves_today_begins_today(manager, leaver, successor, cohort):
    end(leaver, manager, cohort, successor)
    assert taught(cohort) == {successor.pk: True}


def test_page_asks_who_takes_over_after_the_last_day(client, manager, leaver, successor, cohort):
    address = reverse("partnerships:people-end", args=[leaver.organisation.slug, leaver.public_id])
    page = login(client, manager).get(address).content.decode()
    assert f"Wie neemt {cohort.name} over na de laatste dag?" in page
    sent = {
        "read": leaver.row_version,
        "last_day": in_days(GONE).isoformat(),
        key_of(cohort.pk): successor.pk,
    }
    client.post(address, sent)
    assert cohort.cohort_teachers.get(membership=successor).starts_on == in_days(GONE + 1)


def test_nobody_to_take_over_is_refused(manager, leaver, cohort):
    with pytest.raises(ValidationError, match="geen docent meer"):
        memberships.end(membership_id=leaver.pk, by=actor_of(manager), last_day=in_days(GONE), read=None)


@pytest.mark.parametrize("wrong", ["contact", "elsewhere"])
def test_who_is_no_teacher_there_does_not_take_over(manager, leaver, cohort, wrong):
    to = {
        "contact": lambda: MembershipFactory(organisation=leaver.organisation, role=Role.COLLEAGUE),
        "elsewhere": lambda: MembershipFactory(organisation__school=True, role=Role.TEACHER),
    }[wrong]()
    CohortTeacherFactory(cohort=cohort)  # someone stays, so that it is not refused for that
    with pytest.raises(ValidationError):
        end(leaver, manager, cohort, to, in_days(GONE))
    assert not cohort.cohort_teachers.filter(membership=to).exists()


@pytest.mark.parametrize("last_day", [None, in_days(GONE)])
def test_cohort_comes_back_with_the_role(manager, leaver, successor, cohort, last_day):
    end(leaver, manager, cohort, successor, last_day)
    assert back(leaver, manager) == []
    for days in (0, GONE + 1):
        with at_noon(days):
            assert taught(cohort) == {leaver.pk: True}


def test_what_was_changed_meanwhile_stays_and_is_said(client, manager, leaver, successor, cohort):
    end(leaver, manager, cohort, successor, in_days(GONE))
    row = cohort.cohort_teachers.get(membership=successor)
    row.ends_on = in_days(30)
    row.save()
    leaver.refresh_from_db()
    address = reverse("partnerships:people-take-back", args=[leaver.organisation.slug, leaver.public_id])
    page = login(client, manager).post(address, {"read": leaver.row_version}, follow=True).content.decode()
    assert f"Soraya {successor.person.last_name} gaat door met {cohort.name}" in page
    with at_noon(GONE + 1):
        assert set(taught(cohort)) == {leaver.pk, successor.pk}


def test_who_was_to_begin_later_can_begin_now(manager, leaver, successor, cohort):
    end(leaver, manager, cohort, successor, in_days(GONE))
    teachers = [leaver, successor]
    cohorts.save(cohort=cohort, teachers=teachers, lead=successor, by=actor_of(manager), version=None)
    assert taught(cohort) == {leaver.pk: False, successor.pk: True}
    with at_noon(GONE + 1):
        assert taught(cohort) == {successor.pk: True}


def test_cohort_that_is_saved_meanwhile_keeps_who_comes_first_later(manager, leaver, successor, cohort):
    end(leaver, manager, cohort, successor, in_days(GONE))
    cohorts.save(cohort=cohort, teachers=[leaver], lead=leaver, by=actor_of(manager), version=None)
    with at_noon(GONE + 1):
        assert taught(cohort) == {successor.pk: True}
