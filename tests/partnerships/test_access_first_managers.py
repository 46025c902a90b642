"""Who gets what of the pages about first managers: administrators alone."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import OrganisationFactory, PartnershipFactory
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "manager", "coordinator", "administrator")
ADMINISTRATOR = {"anonymous": 302, "administrator": 200, "*": 403}
MATRIX = {
    ("GET", "first-manager-list"): ADMINISTRATOR,
    ("GET", "first-manager-invite"): ADMINISTRATOR,
    ("POST", "first-manager-invite"): ADMINISTRATOR,
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    around = Around(employer=OrganisationFactory(), partnership=PartnershipFactory())
    enter(client, people([column], around)[column])
    arguments = [OrganisationFactory().slug] if name == "first-manager-invite" else []
    path = reverse(f"partnerships:{name}", args=arguments)
    assert client.generic(method, path).status_code == expected(MATRIX, column)[method, name]
