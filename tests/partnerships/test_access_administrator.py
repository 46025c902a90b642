"""Who gets what of the pages about first managers, and about organisations that are one: administrators alone."""

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
    ("GET", "organisation-alike-list"): ADMINISTRATOR,
    ("GET", "organisation-merge-find"): ADMINISTRATOR,
    ("GET", "organisation-merge"): ADMINISTRATOR,
    ("POST", "organisation-merge"): ADMINISTRATOR,
    ("POST", "organisation-apart"): ADMINISTRATOR | {"administrator": 302},
}

# How many organisations the address names, where it is not one
NAMED = {
    "first-manager-list": 0,
    "organisation-alike-list": 0,
    "organisation-merge": 2,
    "organisation-apart": 2,
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    around = Around(employer=OrganisationFactory(), partnership=PartnershipFactory())
    enter(client, people([column], around)[column])
    slugs = [OrganisationFactory().slug for _number in range(NAMED.get(name, 1))]
    path = reverse(f"partnerships:{name}", args=slugs)
    assert client.generic(method, path).status_code == expected(MATRIX, column)[method, name]
