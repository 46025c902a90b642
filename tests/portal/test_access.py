"""Who gets what from the pages that join several apps. Columns: anonymous, signed in."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.helpers import login

MATRIX = {  #             anonymous signed in
    ("GET", "livez"): (200, 200),
    ("GET", "readyz"): (200, 200),
    ("POST", "set-language"): (302, 302),
    ("POST", "set-theme"): (302, 302),
    ("GET", "home"): (200, 200),
    ("GET", "for-employers"): (200, 200),
    ("GET", "for-students"): (200, 200),
    ("GET", "robots"): (200, 200),
    ("GET", "about"): (200, 200),
    ("GET", "help"): (200, 200),
    ("GET", "accessibility"): (200, 200),
    ("GET", "privacy"): (200, 200),
    ("GET", "colophon"): (200, 200),
    ("GET", "styleguide"): (200, 200),  # in production 404, except for staff: test_styleguide.py
    ("GET", "administration"): (302, 403),
    ("GET", "start"): (302, 200),  # with a role it leads on: test_navigation.py
}


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, signed_in):
    if signed_in:
        login(client, UserFactory())
    assert client.generic(method, reverse(name)).status_code == MATRIX[method, name][signed_in]
