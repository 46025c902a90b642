"""Who gets what of the pages about points of contact and contact cards."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.partnerships import MemberFactory, PartnershipFactory, PointOfContactFactory
from tests.helpers import member
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "stranger", "contact", "manager", "coordinator")
OWN = {"anonymous": 302, "*": 404}
AT = {"anonymous": 302, "manager": 200, "contact": 403, "coordinator": 403, "*": 404}
IN = {"anonymous": 302, "coordinator": 200, "contact": 403, "manager": 403, "*": 404}
MATRIX = {
    ("GET", "own-card"): {"anonymous": 302, "*": 200},
    ("POST", "own-card"): {"anonymous": 302, "*": 200},  # an empty form comes back with what is missing
    ("GET", "own-contact"): OWN,
    ("POST", "own-contact"): OWN,
    ("POST", "own-contact-refuse"): OWN,
    ("POST", "own-contact-stop"): OWN,
    ("GET", "organisation-contacts"): AT,
    ("POST", "organisation-contacts"): AT,
    ("POST", "organisation-contact-stop"): AT | {"manager": 302},
    ("GET", "coordination-contacts"): IN,
    ("POST", "coordination-contacts"): IN,
    ("POST", "coordination-contact-stop"): IN | {"coordinator": 302},
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    point = PointOfContactFactory(membership__role=Role.PRACTICE_TRAINER)
    employer, partnership = point.organisation, PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    member(employer, Role.MANAGER)
    if name.startswith("coordination"):
        point = PointOfContactFactory(membership=point.membership, partnership=partnership, organisation=None)
    enter(client, people([column], Around(employer=employer, partnership=partnership))[column])
    arguments = {
        "own-card": [],
        "organisation-contacts": [employer.slug],
        "organisation-contact-stop": [employer.slug, point.public_id],
        "coordination-contacts": [partnership.slug],
        "coordination-contact-stop": [partnership.slug, point.public_id],
    }.get(name, [point.public_id])
    path = reverse(f"partnerships:{name}", args=arguments)
    assert client.generic(method, path).status_code == expected(MATRIX, column)[method, name]
