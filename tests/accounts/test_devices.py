"""The list of places where one is signed in, and what is forgotten of those that ended."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.queries.devices import devices_of
from accounts.tasks import forget_devices
from tests.demo.taken import differences, shown, taken
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str) -> None:
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def expire(row: UserSession) -> None:
    Session.objects.filter(session_key=row.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    user = UserFactory()
    sign_in(client, user.email)
    for _ in range(count - 1):
        sign_in(Client(), user.email)
    sign_in(Client(), UserFactory().email)  # someone else's: must not show
    client.get(reverse("usersessions_list"))
    with django_assert_num_queries(4):  # account with its session, sessions (2), events
        page = client.get(reverse("usersessions_list")).content.decode()
    assert page.count("<strong>") == count


def test_list_and_account_page_leave_out_what_ended(client):
    user = UserFactory()
    for _ in range(2):
        sign_in(Client(), user.email)
    expire(UserSession.objects.earliest("pk"))
    sign_in(client, user.email)
    assert client.get(reverse("usersessions_list")).content.decode().count("<strong>") == 2
    assert "2 apparaten" in client.get(reverse("accounts:profile")).content.decode()


def test_session_from_before_a_new_password_is_not_listed():
    user = UserFactory()
    sign_in(Client(), user.email)
    assert len(devices_of(user)) == 1
    user.set_password("een heel ander wachtwoord")
    user.save()
    assert devices_of(user) == []
    assert forget_devices() == 1
    assert not Session.objects.exists()


def test_address_and_device_are_forgotten_once_the_session_ended():
    user = UserFactory()
    for _ in range(2):
        sign_in(Client(), user.email)
    expire(UserSession.objects.earliest("pk"))
    assert forget_devices() == 1
    assert forget_devices() == 0
    assert (UserSession.objects.count(), Session.objects.count()) == (1, 1)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_own_devices_are_taken_along_and_no_others(client, kind):
    user = UserFactory()
    for browser in (Client(headers={"user-agent": "Firefox on Linux"}), Client(), client):
        sign_in(browser, user.email)
    sign_in(Client(), UserFactory().email)
    page = shown(client, reverse("usersessions_list"))
    rows = taken(client, page.address, kind)
    assert list(differences(page, rows, rows)) == []
    assert [row[0] for row in rows] == ["Firefox, Linux", "Onbekend apparaat", "Onbekend apparaat"]
