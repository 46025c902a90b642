import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_readyz_with_all_servers_up_says_so(client):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()) == (200, {"ready": True, "database": "ok", "cache": "ok"})


def test_livez_asks_no_database(client):
    response = client.get(reverse("livez"))
    assert (response.status_code, response.content) == (200, b"ok")
