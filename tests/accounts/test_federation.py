"""Single sign-on: for whoever linked it, never a way to an account or a role."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.models import User
from tests.accounts.federation import Federation
from tests.accounts.signing import confirm, sign_in
from tests.factories.accounts import UserFactory


@pytest.fixture
def federation(settings):
    with Federation() as federation:
        app = {
            "provider_id": "sso",
            "name": "SchoolID",
            "client_id": "leerpact",
            "secret": "geheim",
            "settings": {"server_url": federation.url},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.ROOT_URLCONF = "tests.accounts.federation"
        yield federation


def come_back(client, start):
    """Follow the way there and back, as a browser would."""
    away = client.get(start)
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(
        reverse("openid_connect_callback", args=["sso"]), {"code": "abc", "state": asked["state"][0]}
    )


@pytest.mark.django_db
def test_sign_in_page_offers_the_federation_of_the_settings(client, federation):
    assert "Inloggen met SchoolID" in client.get(reverse("account_login")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["anna@voorbeeld.test", "niemand@voorbeeld.test"])
def test_unlinked_person_gets_the_same_answer_with_and_without_account(client, federation, email):
    UserFactory(email="anna@voorbeeld.test")
    federation.claims = {"sub": "7", "email": email, "email_verified": True, "roles": ["administrator"]}
    response = come_back(client, reverse("openid_connect_login", args=["sso"]))
    assert response.url == reverse("account_login")
    assert "nog niet aan een account gekoppeld" in client.get(response.url).content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
def test_linked_person_signs_in_and_claims_change_nothing(client, federation):
    user = UserFactory(email="anna@voorbeeld.test")
    federation.claims = {"sub": "7", "email": "anders@school.test", "name": "Iemand Anders", "is_staff": True}
    sign_in(client, user.email)
    start = reverse("openid_connect_login", args=["sso"])
    response = come_back(client, f"{start}?process=connect")
    if response.url.startswith(reverse("account_reauthenticate")):
        response = confirm(client, response)
    assert SocialAccount.objects.get().user == user
    assert client.get(reverse("socialaccount_connections")).status_code == 200
    client.logout()
    response = come_back(client, start)
    assert (response.url, get_user(client)) == ("/mijn/", user)
    assert client.session.get_expire_at_browser_close()
    user.refresh_from_db()
    assert (user.email, user.first_name == "Iemand", user.is_staff) == ("anna@voorbeeld.test", False, False)


@pytest.mark.django_db
def test_closed_account_stays_closed(client, federation):
    user = UserFactory(is_active=False)
    SocialAccount.objects.create(user=user, provider="sso", uid="7")
    federation.claims = {"sub": "7"}
    come_back(client, reverse("openid_connect_login", args=["sso"]))
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
def test_answer_nobody_asked_for_is_refused(client, federation):
    response = client.get(
        reverse("openid_connect_callback", args=["sso"]), {"code": "abc", "state": "verzonnen"}
    )
    assert response.status_code == 401
    assert "niet gelukt" in response.content.decode()
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"), [("socialaccount_login_cancelled", 200), ("socialaccount_login_error", 401)]
)
def test_pages_after_a_failed_way(client, federation, name, status):
    assert client.get(reverse(name)).status_code == status
