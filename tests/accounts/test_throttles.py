"""What may be tried a few times only: counted in the database, past nobody, and no owner is locked out for ever."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from accounts.models import Throttle
from accounts.services import throttles
from accounts.services.throttles import Limit
from accounts.tasks import forget_throttles
from core import visitors
from core.models import OutgoingMail
from tests.accounts.signing import TOO_MANY, ask_reset, path_of, sign_in
from tests.factories.accounts import ThrottleFactory, UserFactory
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
AGAIN = "Voor dit adres is al een paar keer een link gevraagd"
TWICE = Limit("test", 2, dt.timedelta(minutes=5))


def wrong(client, user, times=6):
    for number in range(times):
        sign_in(client, user.email, "fout-fout-fout", REMOTE_ADDR=f"192.0.2.{number}")


def leave(client):
    """Signs out as a person does: Django's own `logout` throws all cookies away."""
    client.post(reverse("account_logout"))


def test_limit_lets_so_many_through_and_opens_again(clock):
    assert [throttles.take(limit=TWICE, key="a") for _turn in range(4)] == [True, True, False, False]
    assert throttles.take(limit=TWICE, key="b")
    clock.shift(dt.timedelta(minutes=5))
    assert [throttles.take(limit=TWICE, key="a") for _turn in range(3)] == [True, True, False]


def test_refused_tries_do_not_make_the_wait_longer_and_write_nothing(clock):
    for _turn in range(9):
        throttles.take(limit=TWICE, key="a")
    assert Throttle.objects.get().tries == TWICE.most + 1


def test_try_that_was_no_fault_is_given_back():
    throttles.take(limit=TWICE, key="a")
    throttles.give_back(limit=TWICE, key="a")
    throttles.give_back(limit=TWICE, key="a")
    assert [throttles.take(limit=TWICE, key="a") for _turn in range(3)] == [True, True, False]
    throttles.clear(limit=TWICE, key="a")
    assert throttles.take(limit=TWICE, key="a")


def test_rows_tell_nobody_who_tried():
    throttles.take(limit=TWICE, key="anna@voorbeeld.test")
    row = Throttle.objects.get()
    assert "anna" not in row.key
    throttles.take(limit=Limit("other", 2, TWICE.within), key="anna@voorbeeld.test")
    assert Throttle.objects.exclude(pk=row.pk).get().key != row.key


def test_counts_whose_time_is_over_are_forgotten():
    ThrottleFactory(until=timezone.now() - dt.timedelta(seconds=1))
    kept = ThrottleFactory()
    assert forget_throttles() == 1
    assert Throttle.objects.get() == kept


def test_sixth_wrong_password_is_refused_with_the_cache_away_too(client, cache_away):
    user = UserFactory()
    wrong(client, user, 5)
    assert TOO_MANY in sign_in(client, user.email).content.decode()
    assert not get_user(client).is_authenticated


def test_owner_signs_in_from_a_known_browser_while_a_stranger_tries_all_day(client):
    user = UserFactory()
    sign_in(client, user.email)
    leave(client)
    for hours in range(3):
        with time_machine.travel(timezone.now() + dt.timedelta(hours=hours), tick=True):
            wrong(StrictClient(), user)
            assert sign_in(client, user.email).url == "/mijn/"
            leave(client)


def test_known_browser_has_five_tries_itself(client):
    user = UserFactory()
    sign_in(client, user.email)
    leave(client)
    wrong(client, user, 5)
    assert TOO_MANY in sign_in(client, user.email).content.decode()


def test_browser_known_to_one_person_has_no_more_tries_for_another(client):
    user, other = UserFactory(), UserFactory()
    sign_in(client, user.email)
    leave(client)
    wrong(StrictClient(), other)
    assert TOO_MANY in sign_in(client, other.email).content.decode()


@pytest.mark.parametrize("forged", ["", "naam", "naam.", "naam.bewijs", ".", "naam.bewijs.meer"])
def test_forged_browser_is_not_known(client, forged):
    user = UserFactory()
    wrong(StrictClient(), user)
    client.cookies[settings.DEVICE_COOKIE_NAME] = forged
    assert TOO_MANY in sign_in(client, user.email).content.decode()


def test_reset_by_mail_makes_the_browser_known(client):
    """On a new phone the mailbox is the way in: what a stranger tries after that does not matter."""
    user = UserFactory()
    stranger = StrictClient()
    wrong(stranger, user)
    ask_reset(client, user.email)
    page = client.get(path_of(OutgoingMail.objects.get()), follow=True).redirect_chain[-1][0]
    client.post(page, {"password1": "peer-roos-trein-7", "password2": "peer-roos-trein-7"})
    wrong(stranger, user)
    assert sign_in(client, user.email, "peer-roos-trein-7").url == "/mijn/"


def test_links_for_a_new_password_are_counted_by_address_alike(client):
    UserFactory(email="anna@voorbeeld.test")
    for name in ("anna", "niemand"):
        for _turn in range(5):
            assert AGAIN not in ask_reset(client, f"{name}@voorbeeld.test").content.decode()
        assert AGAIN in ask_reset(client, f"{name}@voorbeeld.test").content.decode()
    assert OutgoingMail.objects.count() == 5


def test_current_password_cannot_be_tried_out_in_a_browser_left_open(client):
    user = UserFactory()
    sign_in(client, user.email)
    page = reverse("account_change_password")
    new = {"password1": "peer-roos-trein-7", "password2": "peer-roos-trein-7"}
    for _turn in range(5):
        client.post(page, {"oldpassword": "fout", **new})
    assert TOO_MANY in client.post(page, {"oldpassword": "appel-boom-fiets-42", **new}).content.decode()


def test_unverified_address_gets_one_mail_in_three_minutes(client):
    user = UserFactory(verified=False)
    for _turn in range(3):
        sign_in(client, user.email)
    assert OutgoingMail.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=4), tick=True):
        sign_in(client, user.email)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.77", "192.0.2.77"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")],
)
def test_network_of_one_home_is_one(rf, address, network):
    assert visitors.network_of(rf.get("/", REMOTE_ADDR=address)) == network
