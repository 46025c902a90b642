"""Who gets what from the pages of programmes."""

import pytest
from django.urls import reverse

from partnerships.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import OrganisationFactory
from tests.helpers import login, member

COLUMNS = ("anonymous", "outsider", "teacher", "manager", "other_school", "administrator")
MATRIX = {  #                                anonymous outsider teacher manager other administrator
    ("GET", "qualification-list"): (302, 403, 403, 403, 403, 200),
    ("GET", "qualification-import"): (302, 403, 403, 403, 403, 200),
    ("POST", "qualification-import"): (302, 403, 403, 403, 403, 200),
    ("POST", "qualification-commit"): (302, 403, 403, 403, 403, 302),
    ("GET", "qualification-template"): (302, 403, 403, 403, 403, 200),
}


@pytest.fixture
def world():
    school = OrganisationFactory(school=True)
    return {
        "anonymous": None,
        "outsider": UserFactory(),
        "teacher": member(school, Role.TEACHER),
        "manager": member(school, Role.MANAGER),
        "other_school": member(OrganisationFactory(school=True), Role.TEACHER),
        "administrator": UserFactory(is_staff=True),
        "urls": {},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, world, method, name, role):
    if world[role]:
        login(client, world[role])
    url = reverse(f"programmes:{name}", kwargs=world["urls"].get(name, {}))
    assert client.generic(method, url).status_code == MATRIX[method, name][COLUMNS.index(role)]
