"""A student who is called otherwise, or has another address: the teachers hear of it once, by whichever way it changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.services import people
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from students.enums import EnrolmentState
from students.services import enrolments
from tests.accounts.signing import confirm, path_of, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory, StudentFactory
from tests.helpers import edit, login

pytestmark = pytest.mark.django_db
PROFILE = "/account/"


@pytest.fixture
def teachers():
    """Two teachers of one cohort."""
    cohort = CohortFactory()
    return [CohortTeacherFactory(cohort=cohort).membership.person.user for _ in range(2)]


@pytest.fixture
def enrolment(teachers):
    cohort = teachers[0].person.memberships.get().cohort_teachers.get().cohort
    student = StudentFactory(person__first_name="Sam", person__last_name="Oud")
    return EnrolmentFactory(cohort=cohort, student=student)


def told():
    mails = OutgoingMail.objects.filter(kind="teacher_student_changed").order_by("person")
    return [mail.person for mail in mails]


def rename(client, user, **names):
    data = {"first_name": "Sam", "name_prefix": "", "last_name": "Nieuw", "language": "nl"} | names
    assert edit(login(client, user), PROFILE, data).status_code == 302


def test_teachers_hear_that_a_student_is_called_otherwise(client, enrolment, teachers):
    rename(client, enrolment.student.person.user)
    assert set(told()) == {teacher.person for teacher in teachers}
    mail = OutgoingMail.objects.filter(kind="teacher_student_changed").first()
    assert mail.subject == "Sam heeft een andere naam"
    assert "wat getekend is, blijft zoals het getekend is" in mail.body
    assert str(enrolment.public_id) in mail.link


def test_same_name_saved_again_tells_nobody(client, enrolment):
    rename(client, enrolment.student.person.user, last_name="Oud", language="en")
    assert told() == []


def test_teachers_hear_of_another_address_once_it_is_confirmed(client, enrolment, teachers):
    user = enrolment.student.person.user
    sign_in(client, user.email)
    confirm(
        client, client.post(reverse("account_email"), {"email": "nieuw@leerling.test", "action_add": "1"})
    )
    assert told() == []
    client.post(path_of(OutgoingMail.objects.get(to_email="nieuw@leerling.test")))
    assert set(told()) == {teacher.person for teacher in teachers}
    mail = OutgoingMail.objects.filter(kind="teacher_student_changed").first()
    assert mail.subject == "Sam heeft een ander e-mailadres"
    assert "nieuw@leerling.test" in mail.body


def test_teacher_who_corrects_a_name_tells_the_others(enrolment, teachers):
    known = StudentFactory(person__user=None, person__email="bo@leerling.test")
    unseen = EnrolmentFactory(cohort=enrolment.cohort, student=known)
    enrolments.change(enrolment_id=unseen.pk, by=actor_of(teachers[0]), last_name="Nieuw", version=None)
    assert told() == [teachers[1].person]


def test_teacher_of_two_cohorts_hears_it_once(client, enrolment, teachers):
    other = CohortFactory(programme=enrolment.cohort.programme)
    CohortTeacherFactory(cohort=other, membership=teachers[0].person.memberships.get())
    EnrolmentFactory(cohort=other, student=enrolment.student, state=EnrolmentState.WAITING)
    rename(client, enrolment.student.person.user)
    assert set(told()) == {teacher.person for teacher in teachers}


@pytest.mark.parametrize("state", [EnrolmentState.COMPLETED, EnrolmentState.DROPPED_OUT])
def test_former_teachers_hear_nothing(client, enrolment, state):
    type(enrolment).objects.filter(pk=enrolment.pk).update(
        state=state,
        ended_on=today() - timedelta(days=1),
        leaving_reason="Ander werk" if state == EnrolmentState.DROPPED_OUT else "",
    )
    rename(client, enrolment.student.person.user)
    assert told() == []


def test_whoever_is_no_student_is_called_otherwise_without_a_word(client):
    user = UserFactory(first_name="Sam")
    rename(client, user)
    people.save_own(person=user.person, version=None)
    assert told() == []
