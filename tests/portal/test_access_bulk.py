"""Who gets what from the pages of bulk acts; with no row chosen they lead back, with a word."""

import pytest
from django.urls import reverse

from tests.placements.scene import Scene
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "student",
    "teacher",
    "school_colleague",
    "school_manager",
    "other_school",
    "contact",
    "manager",
    "supervisor",
    "other_employer",
    "coordinator",
    "administrator",
)
SCHOOL = {"anonymous": 302, "teacher": 302, "school_colleague": 302, "school_manager": 403, "*": 404}
EMPLOYER = {"anonymous": 302, "contact": 302, "manager": 302, "supervisor": 403, "*": 404}
PAGES = {
    "students:plans-make": SCHOOL,
    "students:students-invite": SCHOOL,
    "placements:students-propose": SCHOOL,
    "agreements:agreements-ask": SCHOOL,
    "placements:matches-accept": EMPLOYER,
    "placements:slots-confirm": EMPLOYER,
    "placements:slots-close": EMPLOYER,
    # Whoever signs for nobody finds nothing there; all are asked for the password first.
    "agreements:agreements-sign": {"*": 302},
}
MATRIX = {(method, name): statuses for name, statuses in PAGES.items() for method in ("GET", "POST")}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    scene = Scene()
    enrolment = scene.enrolment()
    around = Around(employer=scene.employer, partnership=scene.partnership, enrolment=enrolment)
    return scene, people(COLUMNS, around, teacher=scene.teacher, contact=scene.contact)


def address(scene, name):
    if name == "agreements:agreements-sign":
        return reverse(name)
    return reverse(name, args=[(scene.school if PAGES[name] is SCHOOL else scene.employer).slug])


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    scene, persons = world
    enter(client, persons[column])
    found = {(method, name): status_of(client, method, address(scene, name)) for method, name in MATRIX}
    assert found == expected(MATRIX, column)
