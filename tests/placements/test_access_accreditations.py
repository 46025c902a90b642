"""Who gets what from the pages about the accreditation of an employer."""

import pytest
from django.urls import reverse

from tests.factories.programmes import AccreditationFactory
from tests.placements.scene import Scene
from tests.roles import enter, expected, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "student",
    "teacher",
    "contact",
    "manager",
    "supervisor",
    "coordinator",
    "other_employer",
    "other_school",
    "administrator",
)
EMPLOYER = {"anonymous": 302, "contact": 200, "manager": 200, "supervisor": 403, "*": 404}
LIST = {
    "anonymous": 302,
    "teacher": 200,
    "coordinator": 200,
    "other_school": 200,
    "administrator": 200,
    "*": 403,
}
# of the school: the employer and the coordinator read it
READ = {"anonymous": 302, "teacher": 200, "contact": 200, "manager": 200, "coordinator": 200, "*": 404}
WRITE = {"anonymous": 302, "teacher": 200, "contact": 403, "manager": 403, "coordinator": 403, "*": 404}
MATRIX = {
    ("GET", "accreditation-list"): LIST,
    ("GET", "accreditation-create"): {"anonymous": 302, "teacher": 200, "*": 404},
    ("POST", "accreditation-create"): {"anonymous": 302, "teacher": 200, "*": 404},
    ("GET", "accreditation-create-national"): {"anonymous": 302, "administrator": 200, "*": 403},
    ("POST", "accreditation-create-national"): {"anonymous": 302, "administrator": 200, "*": 403},
    ("GET", "accreditation-detail"): READ,
    ("GET", "accreditation-correct"): WRITE,
    ("POST", "accreditation-correct"): WRITE,
    ("GET", "accreditation-own"): EMPLOYER,
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """An employer that a school checked once, and everyone around it: the people, and the arguments of each address."""
    scene = Scene()
    check = AccreditationFactory(
        school=scene.school, organisation=scene.employer, crebo=scene.qualification.crebo
    )
    one = {"public_id": check.public_id}
    return {
        "people": scene.people(COLUMNS, scene.enrolment()),
        "urls": {
            "accreditation-create": {"slug": scene.school.slug},
            "accreditation-detail": one,
            "accreditation-correct": one,
            "accreditation-own": {"slug": scene.employer.slug},
        },
    }


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world["people"][column])
    found = {
        (method, name): status_of(
            client, method, reverse(f"placements:{name}", kwargs=world["urls"].get(name, {}))
        )
        for method, name in MATRIX
    }
    assert found == expected(MATRIX, column)
