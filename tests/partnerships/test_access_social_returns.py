"""Who gets what of the duties of social return: managers and contacts their own, coordinators totals."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import (
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
    SocialReturnActivityFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = ("anonymous", "stranger", "supervisor", "trainer", "contact", "manager", "coordinator")
OWN = {"anonymous": 302, "stranger": 404, "contact": 200, "manager": 200, "*": 403}
MATRIX = {
    **{
        (method, f"social-return{name}"): OWN
        for name in ("-create", "-change", "-add", "-activity")
        for method in ("GET", "POST")
    },
    ("GET", "social-return-list"): OWN,
    ("GET", "social-return"): OWN,
    ("GET", "social-return-proof"): OWN | {"contact": 404, "manager": 404},  # there is none
    ("GET", "coordination-social-returns"): {"anonymous": 302, "stranger": 404, "coordinator": 200, "*": 403},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    partnership = PartnershipFactory()
    provider = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=provider)
    activity = SocialReturnActivityFactory(obligation__organisation=provider)
    duty = [provider.slug, activity.obligation.public_id]
    args = {name: duty for _method, name in MATRIX}
    args |= {name: [provider.slug] for name in ("social-return-list", "social-return-create")}
    args |= {name: [*duty, activity.public_id] for name in ("social-return-activity", "social-return-proof")}
    args["coordination-social-returns"] = [partnership.slug]
    return people(COLUMNS, Around(employer=provider, partnership=partnership)), args


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    users, args = world
    enter(client, users[column])
    got = {
        (method, name): status_of(client, method, reverse(f"partnerships:{name}", args=args[name]))
        for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)
