"""A list of students that was taken along and handed in again changes nothing, whatever was typed."""

import datetime as dt

import pytest
from django.urls import reverse

from core.imports.models import Verdict
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login
from tests.students.lists import send, upload, verdicts

pytestmark = pytest.mark.django_db

WISHES = [
    "-niet in het weekend",
    "+31 geen nachten",
    "=liever thuiszorg",
    "'=zo",
    "@ochtend",
    "gewoon; met “tekens”",
    "",
]


@pytest.fixture
def cohort():
    return CohortFactory(capacity=40, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_taken_and_handed_in_again_is_the_same(teacher, cohort, kind):
    for number, wishes in enumerate(WISHES):
        enrolment = EnrolmentFactory(cohort=cohort, wishes=wishes)
        born_on = dt.date(2004, 1, 1) + dt.timedelta(days=number)
        type(enrolment.student).objects.filter(pk=enrolment.student_id).update(born_on=born_on)
    page = reverse("cohort-detail", args=[cohort.programme.school.slug, cohort.public_id])
    content = b"".join(teacher.get(page, {"download": kind}))
    assert content
    # It names two columns more than an import asks for.
    columns = upload(teacher, cohort, content, f"lijst.{kind}")
    send(teacher, cohort, columns)
    assert set(verdicts(cohort)) == {Verdict.SAME}
    assert len(verdicts(cohort)) == len(WISHES)
