"""Who gets the page of a placement."""

import pytest
from django.urls import reverse

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
MATRIX = {
    ("GET", "placement-detail"): {
        "anonymous": 302,
        "student": 200,
        "teacher": 200,
        "contact": 200,
        "supervisor": 200,
        "coordinator": 200,
        "*": 404,
    },
    ("GET", "placement-moment"): {"anonymous": 302, "student": 200, "*": 404},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A placement with a supervisor, and everyone around it."""
    scene = Scene()
    enrolment = scene.enrolment()
    supervisor = scene.supervisor.person.memberships.get()
    return scene.placement(enrolment=enrolment, supervisor=supervisor), scene.people(COLUMNS, enrolment)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    placement, people = world
    enter(client, people[column])
    found = {
        (method, name): status_of(client, method, reverse(name, args=[placement.public_id]))
        for method, name in MATRIX
    }
    assert found == expected(MATRIX, column)
