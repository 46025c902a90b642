"""How long one stays signed in: a while without doing anything, some days at most, and no longer than the password."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.accounts.signing import LOGIN
from tests.accounts.test_second_factor import code, with_second_step
from tests.factories.accounts import PASSWORD, InvitationFactory, UserFactory
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
PROFILE = reverse("accounts:profile")
OUT = "Je bent uitgelogd"


def signed_in(user, *, remember=False):
    client = StrictClient()
    client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, **({"remember": "on"} if remember else {})}
    )
    assert client.get(PROFILE).status_code == 200
    return client


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=True)


@pytest.mark.parametrize(("minutes", "stays"), [(119, True), (126, False)])
def test_session_ends_after_two_hours_in_which_nothing_was_done(minutes, stays):
    client = signed_in(UserFactory())
    with later(minutes=minutes):
        answer = client.get(PROFILE, follow=True)
        assert get_user(client).is_authenticated is stays
        assert (OUT in answer.content.decode()) is not stays


def test_whoever_made_an_account_with_a_link_did_not_choose_to_stay_signed_in():
    """At school, on the computer of the next one: no other way in keeps one longer than the form that asks."""
    InvitationFactory(token="geheim", email="anna@voorbeeld.test")
    client = StrictClient()
    name = {"first_name": "Anna", "name_prefix": "", "last_name": "Berg", "password": "appel-boom-fiets-42"}
    answer = client.post(reverse("accounts:invitation", args=["geheim"]), name)
    assert answer.cookies["sessionid"]["expires"] == ""  # gone when the browser is closed
    assert client.get(PROFILE).status_code == 200
    with later(minutes=126):
        client.get(PROFILE)
        assert not get_user(client).is_authenticated


@pytest.mark.parametrize("remember", [True, False])
def test_choice_holds_behind_the_second_step_too(remember):
    user = with_second_step()
    client = StrictClient()
    data = {"login": user.email, "password": PASSWORD} | ({"remember": "on"} if remember else {})
    client.post(client.post(LOGIN, data).url, {"code": code()})
    assert client.get(PROFILE).status_code == 200
    with later(minutes=126):
        assert client.get(PROFILE).status_code == (200 if remember else 302)


def test_who_goes_on_working_stays_signed_in():
    client = signed_in(UserFactory())
    for hours in range(1, 6):
        with later(hours=hours):
            assert client.get(PROFILE).status_code == 200


def test_who_chose_to_stay_signed_in_does_so_for_two_weeks_at_most():
    client = signed_in(UserFactory(), remember=True)
    for days in (3, 8, 13):
        with later(days=days):
            assert client.get(PROFILE).status_code == 200
    with later(days=14, minutes=1):
        assert client.get(PROFILE).status_code == 302


def test_what_was_typed_is_not_lost_when_the_time_was_over():
    client = signed_in(UserFactory())
    with later(hours=3):
        page = client.post(PROFILE, {"first_name": "Twee woorden"})
    assert page.status_code == 403
    assert "Twee woorden" in page.content.decode()


def test_moment_is_written_once_in_five_minutes(django_assert_num_queries):
    client = signed_in(UserFactory())
    before = Session.objects.get().session_data
    with later(minutes=4):
        client.get(PROFILE)
        assert Session.objects.get().session_data == before
    with later(minutes=6):
        client.get(PROFILE)
        assert Session.objects.get().session_data != before


def test_another_password_ends_every_other_session():
    user = UserFactory()
    here, elsewhere = signed_in(user), signed_in(user, remember=True)
    new = "fiets-boom-appel-43"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), data)
    assert here.get(PROFILE).status_code == 200
    assert elsewhere.get(PROFILE).status_code == 302


def test_session_has_another_name_after_signing_in():
    """A name that someone planted in the browser before is worth nothing."""
    client = StrictClient()
    client.get(LOGIN)
    user = UserFactory()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    first = client.session.session_key
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert not Session.objects.filter(session_key=first).exists()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.session.session_key != first


def test_account_is_read_with_the_session(django_assert_num_queries):
    client, start = signed_in(UserFactory()), reverse("start")
    with CaptureQueriesContext(connection) as along:
        client.get(start)
    UserSession.objects.all().delete()
    with django_assert_num_queries(len(along) + 2):  # nobody by the session, so the session and the account
        assert client.get(start).status_code == 200


def test_who_is_signed_in_is_whom_the_session_says():
    """Whatever stands with the device: it only tells which account to read along."""
    user, other = UserFactory(first_name="Nadia"), UserFactory(first_name="Pieter")
    client = signed_in(user)
    UserSession.objects.update(user=other)
    page = client.get(PROFILE).content.decode()
    assert "Nadia" in page
    assert "Pieter" not in page
