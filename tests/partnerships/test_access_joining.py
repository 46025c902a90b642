"""Who gets what of the pages about joining a partnership."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import JoinRequestFactory, PartnershipFactory
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "stranger", "contact", "manager", "coordinator")
SIDES = {"anonymous": 302, "manager": 200, "coordinator": 200, "contact": 403, "*": 404}
ANSWER = {"anonymous": 302, "manager": 302, "contact": 403, "coordinator": 403, "*": 404}
MATRIX = {
    ("GET", "organisation-partnerships"): {"anonymous": 302, "manager": 200, "contact": 200, "*": 404},
    ("POST", "join-request-ask"): {"anonymous": 302, "manager": 302, "contact": 403, "*": 404},
    ("GET", "join-request"): SIDES,
    ("POST", "join-request-accept"): ANSWER,
    ("POST", "join-request-decline"): ANSWER | {"manager": 200},
    ("POST", "join-request-withdraw"): ANSWER | {"manager": 403, "coordinator": 302},
    ("POST", "join-request-take-back"): ANSWER,
    ("GET", "join-request-first-manager"): ANSWER | {"manager": 403, "coordinator": 200},
    ("POST", "join-request-first-manager"): ANSWER | {"manager": 403, "coordinator": 200},
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    request = JoinRequestFactory()
    around = Around(employer=request.organisation, partnership=request.partnership)
    enter(client, people([column], around)[column])
    slug = [request.organisation.slug]
    arguments = {
        "organisation-partnerships": slug,
        "join-request-ask": [*slug, PartnershipFactory().slug],
    }.get(name, [request.public_id])
    path = reverse(f"partnerships:{name}", args=arguments)
    assert client.generic(method, path).status_code == expected(MATRIX, column)[method, name]
