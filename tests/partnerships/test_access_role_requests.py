"""Who gets what of the pages about requests for a role."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.partnerships import MemberFactory, PartnershipFactory, RoleRequestFactory
from tests.helpers import member
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "stranger", "contact", "manager", "coordinator")
ANYONE = {"anonymous": 302, "*": 200}
ANSWER = {"anonymous": 302, "manager": 200, "contact": 403, "coordinator": 403, "*": 404}
MATRIX = {
    ("GET", "role-request-list"): ANYONE,
    ("POST", "role-request-ask"): {"*": 302},
    ("POST", "role-request-withdraw"): {"anonymous": 302, "*": 404},
    ("GET", "role-request"): ANSWER,
    ("POST", "role-request-give"): ANSWER,
    ("POST", "role-request-decline"): ANSWER,
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    request = RoleRequestFactory()
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=request.organisation)
    member(request.organisation, Role.MANAGER)
    around = Around(employer=request.organisation, partnership=partnership)
    enter(client, people([column], around)[column])
    slug = [request.organisation.slug]
    arguments = {
        "role-request-list": [],
        "role-request-ask": slug,
        "role-request-withdraw": [request.public_id],
    }.get(name, [*slug, request.public_id])
    path = reverse(f"partnerships:{name}", args=arguments)
    assert client.generic(method, path).status_code == expected(MATRIX, column)[method, name]
