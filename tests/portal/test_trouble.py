"""What visitors see while a server behind the portal is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from portal.local.processes import free_port
from tests.factories.accounts import PASSWORD, UserFactory
from tests.helpers import login
from tests.strict import StrictClient


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(*arguments: Any) -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def cache_away(settings: Any) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{free_port()}/1"}
    }


@pytest.mark.django_db
def test_database_away_gives_503_with_a_time_to_come_back():
    client = StrictClient(raise_request_exception=False)
    login(client, UserFactory())
    with database_away():
        response = client.get(reverse("home"))
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "We zijn er zo weer" in response.content.decode()


@pytest.mark.django_db
def test_readyz_with_the_database_away_says_not_ready(client):
    with database_away():
        response = client.get(reverse("readyz"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json() == {"ready": False, "database": "down", "cache": "ok"}


@pytest.mark.django_db
def test_livez_does_not_mind(client):
    with database_away():
        assert client.get(reverse("livez")).status_code == 200


@pytest.mark.django_db
def test_readyz_with_the_cache_away_is_still_ready(client, cache_away):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["cache"]) == (200, "down")


@pytest.mark.django_db
def test_signing_in_works_with_the_cache_away(client, cache_away):
    user = UserFactory()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
