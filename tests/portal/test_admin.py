"""Django's own tables: for administrators only, whatever the address."""

import pytest
from django.urls import get_resolver, reverse

from tests.factories.accounts import UserFactory
from tests.helpers import login
from tests.test_consistency import named_patterns


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_admin_is_closed_to_others(client, signed_in):
    if signed_in:
        login(client, UserFactory())
    open_pages = []
    for name, pattern in named_patterns(get_resolver()):
        if not name.startswith("admin:") or name in {"admin:login", "admin:jsi18n", "admin:catchall"}:
            continue
        arguments = {key: "auth" if key == "app_label" else "1" for key in pattern.pattern.converters}
        if name == "admin:app_list":
            arguments = {"app_label": "auth"}
        if client.get(reverse(name, kwargs=arguments)).status_code not in {302, 403}:
            open_pages.append(name)
    assert open_pages == []


@pytest.mark.django_db
def test_admin_login_goes_through_the_portals_own(client):
    """So that its throttles and the second factor hold there too."""
    response = client.get(reverse("admin:login"))
    assert response.status_code == 302
    assert response.url.split("?")[0] == reverse("account_login")
