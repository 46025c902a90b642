"""Who gets what a partnership yielded for an organisation."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import (
    GroupFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "stranger",
    "supervisor",
    "contact",
    "manager",
    "coordinator",
    "observer",
    "left_with_member",
)
MATRIX = {
    ("GET", "organisation-yield"): {
        "anonymous": 302,
        "stranger": 404,
        "left_with_member": 404,
        "observer": 403,  # of another member
        "*": 200,
    },
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    partnership = PartnershipFactory()
    provider = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=provider)
    around = Around(employer=provider, partnership=partnership, group=GroupFactory(partnership=partnership))
    return people(COLUMNS, around), {"organisation-yield": [partnership.slug, provider.slug]}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    users, args = world
    enter(client, users[column])
    got = {
        (method, name): status_of(client, method, reverse(name, args=args[name])) for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)
