"""A programme, cohort or session made by mistake is thrown away, as long as nothing rests on it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.models import StateChange
from partnerships.actors import actor_of
from programmes.models import Cohort, PartnerEmployer, Programme, ProgrammePartnership, Session
from programmes.services import drafts
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import OrganisationFactory, PartnershipFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    PartnerEmployerFactory,
    ProgrammeFactory,
    SessionFactory,
)
from tests.factories.students import EnrolmentFactory, WorkSituationFactory
from tests.helpers import login, member, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(name="VIG per ongeluk")


@pytest.fixture
def teacher(cohort):
    return CohortTeacherFactory(cohort=cohort).membership.person.user


def path(name, *of):
    return reverse(f"programmes:{name}", args=[of[0].programme.school.slug, *(row.public_id for row in of)])


def test_cohort_goes_with_its_teachers_and_is_on_record(client, cohort, teacher):
    login(client, teacher)
    asked = client.get(path("cohort-edit", cohort)).content.decode()
    assert path("cohort-discard", cohort) in asked
    for _press in range(2):
        done = press(client, path("cohort-discard", cohort), cohort, follow=True)
        assert done.status_code in (200, 404)
    assert not Cohort.objects.exists()
    record = StateChange.objects.get(action="discard")
    assert (record.model, record.reason, record.by) == (
        "programmes.cohort",
        "VIG per ongeluk",
        teacher.person,
    )


@pytest.mark.parametrize("with_what", [EnrolmentFactory, SessionFactory])
def test_cohort_with_a_student_or_a_session_stays(client, cohort, teacher, with_what):
    with_what(cohort=cohort)
    login(client, teacher)
    assert path("cohort-discard", cohort) not in client.get(path("cohort-edit", cohort)).content.decode()
    assert press(client, path("cohort-discard", cohort), cohort).status_code == 302
    with pytest.raises(ValidationError):
        drafts.cohort(cohort_id=cohort.pk, by=actor_of(teacher), read=None)
    assert Cohort.objects.exists()


def test_programme_goes_with_the_partners_it_named_and_stays_with_a_cohort(client):
    programme = ProgrammeFactory(partnership=PartnershipFactory())
    PartnerEmployerFactory(programme=programme, organisation=OrganisationFactory())
    manager = member(programme.school, Role.MANAGER)
    cohort = CohortFactory(programme=programme)
    with pytest.raises(ValidationError, match="cohorten"):
        drafts.programme(programme_id=programme.pk, by=actor_of(manager), read=None)
    drafts.cohort(cohort_id=cohort.pk, by=actor_of(manager), read=None)
    drafts.programme(programme_id=programme.pk, by=actor_of(manager), read=None)
    for model in (Programme, PartnerEmployer, ProgrammePartnership):
        assert not model.objects.exists()


def test_session_goes_until_a_work_situation_was_put_in_it(client, cohort, teacher):
    session = SessionFactory(cohort=cohort)
    situation = WorkSituationFactory(enrolment=EnrolmentFactory(cohort=cohort))
    situation.treatments.create(session=session)
    login(client, teacher)
    page = path("session-edit", cohort, session)
    assert path("session-discard", cohort, session) not in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="staan werksituaties"):
        drafts.session(session_id=session.pk, by=actor_of(teacher), read=None)
    situation.treatments.all().delete()
    assert path("session-discard", cohort, session) in client.get(page).content.decode()
    assert "agenda" in client.get(path("session-discard", cohort, session)).content.decode()
    press(client, path("session-discard", cohort, session), session)
    assert not Session.objects.exists()


def test_others_throw_nothing_away(cohort):
    session = SessionFactory(cohort=cohort)
    other = member(OrganisationFactory(kind="school"), Role.MANAGER)
    for by in (UserFactory(), UserFactory(is_staff=True), other):
        for act in (
            lambda by: drafts.programme(programme_id=cohort.programme_id, by=by, read=None),
            lambda by: drafts.cohort(cohort_id=cohort.pk, by=by, read=None),
            lambda by: drafts.session(session_id=session.pk, by=by, read=None),
        ):
            with pytest.raises(ValidationError):
                act(actor_of(by))
    assert Session.objects.exists()
