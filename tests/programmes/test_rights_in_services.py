"""Who may change programmes, cohorts and sessions, and what of, is asked by the service: no page has to remember it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from programmes.models import Cohort, Programme, Session
from programmes.services import cohorts, programmes, sessions
from tests.factories.partnerships import MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    WorkProcessFactory,
)
from tests.helpers import acting, actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(school):
    return CohortFactory(programme__school=school)


@pytest.fixture
def teaching(cohort):
    return CohortTeacherFactory(cohort=cohort).membership


def move(programme, partnership, by):
    row = Programme.objects.get(pk=programme.pk)
    row.partnership = partnership
    return programmes.save(programme=row, by=by, version=None)


@pytest.mark.parametrize("who", ["employer", "other school"])
def test_only_its_school_changes_a_programme(cohort, who):
    by = {
        "employer": lambda: acting(OrganisationFactory(), Role.CONTACT),
        "other school": lambda: acting(OrganisationFactory(school=True), Role.TEACHER),
    }[who]()
    before = cohort.programme.partnership
    member = MemberFactory(organisation=cohort.programme.school)
    with pytest.raises(ValidationError, match="opleiding"):
        move(cohort.programme, member.partnership, by)
    with pytest.raises(ValidationError, match="opleiding"):
        programmes.save(
            programme=Programme(school=cohort.programme.school, name="Nieuw"), by=by, version=None
        )
    assert Programme.objects.get().partnership == before


def test_programme_goes_to_a_partnership_of_its_school(cohort, school):
    by = acting(school, Role.TEACHER)
    ended = MemberFactory(
        organisation=school, starts_on=today() - timedelta(9), ends_on=today() - timedelta(1)
    )
    for partnership in (MemberFactory().partnership, ended.partnership):
        with pytest.raises(ValidationError, match="doet niet mee"):
            move(cohort.programme, partnership, by)
    own = MemberFactory(organisation=school).partnership
    assert move(cohort.programme, own, by).partnership == own


def test_programme_stays_where_it_is_when_its_school_has_left(cohort, school):
    by, member = acting(school, Role.TEACHER), MemberFactory(organisation=school)
    move(cohort.programme, member.partnership, by)
    member.ends_on, member.ended_at = today(), timezone.now()
    member.save()
    row = Programme.objects.get(pk=cohort.programme.pk)
    row.name = "Anders"
    assert programmes.save(programme=row, by=by, version=None).partnership == member.partnership


def test_programme_stays_with_its_school_and_takes_employers_that_it_meets(cohort, school):
    by = acting(school, Role.TEACHER)
    stranger, row = OrganisationFactory(), Programme.objects.get()
    with pytest.raises(ValidationError, match="Kies werkgevers"):
        programmes.save(programme=row, employers=[stranger], by=by, version=None)
    member = MemberFactory(organisation=school)
    MemberFactory(organisation=stranger, partnership=member.partnership)
    programmes.save(programme=row, employers=[stranger], by=by, version=None)
    row.school = OrganisationFactory(school=True)
    with pytest.raises(ValidationError, match="dezelfde school"):
        programmes.save(programme=row, by=by, version=None)


@pytest.mark.parametrize("who", ["colleague", "other school", "employer"])
def test_only_its_teachers_and_managers_change_a_cohort(cohort, school, teaching, who):
    by = {
        "colleague": lambda: acting(school, Role.TEACHER),
        "other school": lambda: acting(OrganisationFactory(school=True), Role.MANAGER),
        "employer": lambda: acting(OrganisationFactory(), Role.MANAGER),
    }[who]()
    with pytest.raises(ValidationError, match="cohort"):
        cohorts.save(cohort=Cohort.objects.get(), teachers=[teaching], by=by, version=None)
    assert cohorts.save(
        cohort=Cohort.objects.get(), teachers=[teaching], by=acting(school, Role.MANAGER), version=None
    )


@pytest.mark.parametrize("who", ["of another school", "a manager", "left"])
def test_cohort_is_taught_by_teachers_of_its_school(cohort, school, teaching, who):
    other = {
        "of another school": lambda: MembershipFactory(organisation__kind="school", role=Role.TEACHER),
        "a manager": lambda: MembershipFactory(organisation=school, role=Role.MANAGER),
        "left": lambda: MembershipFactory(
            organisation=school, role=Role.TEACHER, ends_on=today(), ended_at=timezone.now()
        ),
    }[who]()
    with pytest.raises(ValidationError, match="dezelfde school"):
        cohorts.save(
            cohort=Cohort.objects.get(),
            teachers=[teaching, other],
            by=acting(school, Role.MANAGER),
            version=None,
        )


def planned(cohort, **fields):
    starts_at = timezone.now() + timedelta(days=3)
    return Session(
        cohort=cohort, theme="Wondzorg", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **fields
    )


def test_only_the_teachers_of_a_cohort_plan_its_sessions(cohort, school, teaching):
    for by in (acting(school, Role.TEACHER), acting(school, Role.MANAGER)):
        with pytest.raises(ValidationError, match="docenten"):
            sessions.save(session=planned(cohort), work_processes=[], by=by, version=None)
    teacher = actor_of(teaching.person.user)
    with pytest.raises(ValidationError, match="werkprocessen"):
        sessions.save(
            session=planned(cohort), work_processes=[WorkProcessFactory()], by=teacher, version=None
        )
    kept = sessions.save(session=planned(cohort), work_processes=[], by=teacher, version=None)
    other = CohortTeacherFactory(membership=teaching).cohort
    teacher = actor_of(teaching.person.user)
    kept.cohort = other
    with pytest.raises(ValidationError, match="ander cohort"):
        sessions.save(session=kept, work_processes=[], by=teacher, version=None)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MANAGER])
@pytest.mark.parametrize("is_new", [True, False])
def test_programme_is_kept_by_its_own_school_only(role, is_new):
    known = ProgrammeFactory()
    programme = Programme(school=known.school, name="Nieuw") if is_new else known
    with pytest.raises(ValidationError, match="Alleen"):
        programmes.save(programme=programme, by=acting(OrganisationFactory(), role), version=None)
    assert Programme.objects.get() == known


@pytest.mark.parametrize("is_new", [True, False])
def test_cohort_is_kept_by_who_teaches_it_or_manages_the_school(is_new):
    known = CohortFactory(name="Groep 1")
    days = {"starts_on": known.starts_on, "ends_on": known.ends_on, "capacity": 20}
    cohort = Cohort(programme=known.programme, name="Groep 2", **days) if is_new else known
    cohort.name = "Groep 2"
    for by in (acting(OrganisationFactory(), Role.MANAGER), acting(OrganisationFactory(), Role.TEACHER)):
        with pytest.raises(ValidationError, match="Alleen"):
            cohorts.save(cohort=cohort, teachers=[], by=by, version=None)
    assert Cohort.objects.get().name == "Groep 1"
