"""Who reads the figures about people."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import GroupFactory, MemberFactory, OrganisationFactory, PartnershipFactory
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "stranger",
    "supervisor",
    "contact",
    "manager",
    "coordinator",
    "chair",
    "observer",
    "affiliate",
    "left_with_member",
)
MATRIX = {
    ("GET", "coordinator-all"): {"anonymous": 302, "coordinator": 200, "*": 403},
    ("GET", "partnership-figures"): {
        "anonymous": 302,
        "coordinator": 200,
        "manager": 200,
        "chair": 200,  # in the steering group
        "observer": 200,
        "affiliate": 200,
        "stranger": 404,
        "left_with_member": 404,
        "*": 403,
    },
    ("GET", "organisation-figures"): {
        "anonymous": 302,
        "contact": 200,
        "manager": 200,
        "stranger": 404,
        "affiliate": 404,
        "left_with_member": 404,
        "*": 403,
    },
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    partnership = PartnershipFactory()
    provider = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=provider)
    group = GroupFactory(partnership=partnership, kind="steering")
    around = Around(employer=provider, partnership=partnership, group=group)
    args = {
        "coordinator-all": [],
        "partnership-figures": [partnership.slug],
        "organisation-figures": [provider.slug],
    }
    return people(COLUMNS, around), args


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    users, args = world
    enter(client, users[column])
    got = {
        (method, name): status_of(client, method, reverse(name, args=args[name])) for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)
