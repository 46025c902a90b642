"""Who gets what from the pages of programmes."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, SessionFactory
from tests.helpers import login, member

COLUMNS = (
    "anonymous",
    "outsider",
    "teacher",
    "colleague",
    "manager",
    "contact",
    "other_school",
    "administrator",
)
MATRIX = {  #                            anon outs teac coll mana cont othe admi
    ("GET", "qualification-list"): (302, 403, 403, 403, 403, 403, 403, 200),
    ("GET", "qualification-import"): (302, 403, 403, 403, 403, 403, 403, 200),
    ("POST", "qualification-import"): (302, 403, 403, 403, 403, 403, 403, 200),
    ("POST", "qualification-commit"): (302, 403, 403, 403, 403, 403, 403, 302),
    ("GET", "qualification-template"): (302, 403, 403, 403, 403, 403, 403, 200),
    ("GET", "programme-list"): (302, 404, 200, 200, 200, 403, 404, 404),
    ("GET", "programme-create"): (302, 404, 200, 200, 200, 403, 404, 404),
    ("POST", "programme-create"): (302, 404, 200, 200, 200, 403, 404, 404),
    ("GET", "programme-detail"): (302, 404, 200, 200, 200, 404, 404, 404),
    ("GET", "programme-edit"): (302, 404, 200, 200, 200, 404, 404, 404),
    ("POST", "programme-edit"): (302, 404, 200, 200, 200, 404, 404, 404),
    ("GET", "cohort-create"): (302, 404, 200, 200, 200, 404, 404, 404),
    ("POST", "cohort-create"): (302, 404, 200, 200, 200, 404, 404, 404),
    ("GET", "cohort-edit"): (302, 404, 200, 404, 200, 404, 404, 404),
    ("POST", "cohort-edit"): (302, 404, 200, 404, 200, 404, 404, 404),
    ("GET", "session-create"): (302, 404, 200, 404, 403, 404, 404, 404),
    ("POST", "session-create"): (302, 404, 200, 404, 403, 404, 404, 404),
    ("GET", "session-edit"): (302, 404, 200, 404, 403, 404, 404, 404),
    ("POST", "session-edit"): (302, 404, 200, 404, 403, 404, 404, 404),
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A school with a programme, a cohort and a session; `contact` holds another role in the same school."""
    cohort = CohortFactory()
    school = cohort.programme.school
    teacher = member(school, Role.TEACHER)
    CohortTeacherFactory(cohort=cohort, membership=teacher.memberships.get())
    of_school = {"school": school.slug}
    of_programme = of_school | {"programme": cohort.programme.public_id}
    of_cohort = of_school | {"cohort": cohort.public_id}
    return {
        "anonymous": None,
        "outsider": UserFactory(),
        "teacher": teacher,
        "colleague": member(school, Role.TEACHER),
        "manager": member(school, Role.MANAGER),
        "contact": member(school, Role.CONTACT),
        "other_school": member(OrganisationFactory(school=True), Role.TEACHER),
        "administrator": UserFactory(is_staff=True),
        "urls": {
            "programme-list": of_school,
            "programme-create": of_school,
            "programme-detail": of_programme,
            "programme-edit": of_programme,
            "cohort-create": of_programme,
            "cohort-edit": of_cohort,
            "session-create": of_cohort,
            "session-edit": of_cohort | {"session": SessionFactory(cohort=cohort).public_id},
        },
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_access(client, world, role):
    if world[role]:
        login(client, world[role])
    found = {}
    for method, name in MATRIX:
        url = reverse(f"programmes:{name}", kwargs=world["urls"].get(name, {}))
        found[method, name] = client.generic(method, url).status_code
    assert found == {row: statuses[COLUMNS.index(role)] for row, statuses in MATRIX.items()}
