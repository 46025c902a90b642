"""Who gets which first page."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.students import EnrolmentFactory
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "stranger",
    "student",
    "teacher",
    "school_colleague",
    "school_manager",
    "school_contact",
    "contact",
    "trainer",
    "manager",
    "supervisor",
    "coordinator",
    "administrator",
)
STUDENT = {"anonymous": 302, "student": 200, "*": 403}
EMPLOYER = {"anonymous": 302, "contact": 200, "trainer": 200, "manager": 200, "supervisor": 403, "*": 404}
SCHOOL = {
    "anonymous": 302,
    "teacher": 200,
    "school_colleague": 200,
    "school_manager": 200,
    "school_contact": 403,
    "*": 404,
}
TEACHER = {"anonymous": 302, "teacher": 200, "school_manager": 403, "coordinator": 403, "*": 404}
# members of the partnership know that it is there
COORDINATOR = {
    "anonymous": 302,
    "outsider": 404,
    "stranger": 404,
    "student": 404,
    "administrator": 404,
    "coordinator": 200,
    "*": 403,
}
MATRIX = {
    ("GET", "student-start"): STUDENT,
    ("GET", "student-next-steps"): STUDENT,
    ("GET", "student-sight"): STUDENT,
    ("GET", "student-work"): STUDENT,
    ("GET", "student-placements"): STUDENT,
    ("GET", "employer-start"): EMPLOYER,
    ("GET", "employer-next-steps"): EMPLOYER,
    ("GET", "enrolment-placements"): TEACHER,
    ("GET", "school-start"): SCHOOL,
    ("GET", "school-next-steps"): SCHOOL,
    ("GET", "coordinator-start"): COORDINATOR,
    ("GET", "coordinator-next-steps"): COORDINATOR,
    ("GET", "coordinator-figures"): COORDINATOR,
    ("GET", "coordinator-pulse"): COORDINATOR,
    ("GET", "coordinator-report"): COORDINATOR,
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A student, an employer and a school in one partnership: the people, and the slug in each kind of address."""
    partnership, employer = PartnershipFactory(), OrganisationFactory()
    enrolment = EnrolmentFactory(cohort__programme__partnership=partnership)
    school = enrolment.cohort.programme.school
    for organisation in (employer, school):
        MemberFactory(partnership=partnership, organisation=organisation)
    around = Around(employer=employer, partnership=partnership, enrolment=enrolment)
    slugs = {
        "student": [],
        "employer": [employer.slug],
        "school": [school.slug],
        "enrolment": [school.slug, enrolment.cohort.public_id, enrolment.public_id],
        "coordinator": [partnership.slug],
    }
    return people(COLUMNS, around), slugs


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    who, slugs = world
    enter(client, who[column])
    found = {
        (method, name): status_of(client, method, reverse(name, args=slugs[name.split("-")[0]]))
        for method, name in MATRIX
    }
    assert found == expected(MATRIX, column)
