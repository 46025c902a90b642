"""The public pages: the same for everyone."""

import pytest
from django.urls import reverse

from partnerships.queries.saved_searches import token_of
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    InitiativeFactory,
    OrganisationFactory,
    PartnershipFactory,
    SavedSearchFactory,
    SignUpLinkFactory,
)
from tests.helpers import login
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider")
MATRIX = {
    ("GET", "initiative-list"): {"*": 200},
    ("GET", "initiative-feed"): {"*": 200},
    ("GET", "initiative-detail"): {"*": 200},
    ("GET", "partnership-list"): {"*": 200},
    ("GET", "partnership-detail"): {"*": 200},
    ("GET", "organisation-detail"): {"*": 200},
    ("GET", "call-list"): {"*": 200},
    ("GET", "call-detail"): {"*": 200},
    ("GET", "call-sign-up"): {"*": 200},
    ("POST", "call-sign-up"): {"*": 200},  # an empty form comes back with what is missing
    ("GET", "sign-up-sent"): {"*": 200},
    ("GET", "sign-up-own"): {"*": 404},  # a link that was not opened in this browser
    ("POST", "sign-up-own"): {"*": 404},
    ("GET", "saved-search-ask"): {"*": 200},
    ("POST", "saved-search-ask"): {"*": 200},  # an empty form comes back with what is missing
    ("GET", "saved-search-sent"): {"*": 200},
    # Whoever has the link: it was mailed to the address that it is about.
    ("GET", "saved-search"): {"*": 200},
    ("POST", "saved-search-confirm"): {"*": 302},
    ("GET", "saved-search-end"): {"*": 302},
    ("POST", "saved-search-end"): {"*": 302},
}
UNPUBLISHED = [
    "initiative-detail",
    "partnership-detail",
    "organisation-detail",
    "call-detail",
    "call-sign-up",
]
FACTORIES = {
    "initiative": InitiativeFactory,
    "partnership": PartnershipFactory,
    "organisation": OrganisationFactory,
    "call": CallFactory,
    "sign": CallFactory,
}


def address(name, **values):
    if name == "sign-up-own":
        return reverse("partnerships:sign-up-own", args=[SignUpLinkFactory().link.public_id])
    if name == "saved-search-ask":
        return reverse("partnerships:saved-search-ask", args=["initiatieven"])
    if name == "saved-search-sent":
        return reverse("partnerships:saved-search-sent")
    if name.startswith("saved-search"):
        return reverse(f"partnerships:{name}", args=[token_of(SavedSearchFactory())])
    if name.endswith(("-list", "-feed")):
        return reverse(f"partnerships:{name}")
    return reverse(f"partnerships:{name}", args=[FACTORIES[name.partition("-")[0]](**values).slug])


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    enter(client, people([column], Around())[column])
    assert client.generic(method, address(name)).status_code == expected(MATRIX, column)[method, name]


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("name", UNPUBLISHED)
def test_what_is_not_published_does_not_exist(client, name, signed_in):
    if signed_in:
        login(client, UserFactory())
    assert client.get(address(name, is_published=False)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["initiative-detail", "partnership-detail", "organisation-detail", "call-detail"]
)
def test_unknown_slug_is_not_found(client, name):
    assert client.get(reverse(f"partnerships:{name}", args=["bestaat-niet"])).status_code == 404
