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
SBB = {"anonymous": 302, "teacher": 200, "coordinator": 200, "other_school": 200, "*": 403}
# the employer is led to its own page of accreditations
ONE = SBB | {"contact": 302, "manager": 302, "*": 404}
MATRIX = {
    ("GET", "accreditation-create"): SBB,
    ("POST", "accreditation-create"): SBB,
    ("GET", "accreditation-detail"): ONE,
    ("POST", "accreditation-detail"): ONE,
    ("GET", "accreditation-own"): EMPLOYER,
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """An employer that was checked once, and everyone around it: the people, and the arguments of each address."""
    scene = Scene()
    check = AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo)
    own = {"slug": scene.employer.slug}
    return {
        "people": scene.people(COLUMNS, scene.enrolment()),
        "urls": {
            "accreditation-create": {},
            "accreditation-detail": {**own, "crebo": check.crebo},
            "accreditation-own": own,
        },
    }


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world["people"][column])
    found = {
        (method, name): status_of(client, method, reverse(f"programmes:{name}", kwargs=world["urls"][name]))
        for method, name in MATRIX
    }
    assert found == expected(MATRIX, column)
