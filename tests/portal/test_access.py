"""Who gets what from the pages that join several apps. Columns: anonymous, signed in."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.helpers import login

MATRIX = {  #             anonymous signed in
    ("GET", "livez"): (200, 200),
    ("GET", "readyz"): (200, 200),
    ("POST", "set_language"): (302, 302),
}


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, signed_in):
    if signed_in:
        login(client, UserFactory())
    assert client.generic(method, reverse(name)).status_code == MATRIX[method, name][signed_in]
