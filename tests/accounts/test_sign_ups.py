"""An account without an invitation: by showing that an address is one's own, telling nobody who has one."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import OutgoingMail
from tests.accounts.signing import page, path_of
from tests.factories.accounts import UserFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db
ASK = "/account/nieuw/"
NEW = {"first_name": "Anna", "name_prefix": "van den", "last_name": "Berg", "password": "appel-boom-fiets-42"}


def ask(client, email):
    return client.post(ASK, {"email": email}, follow=True)


def test_confirmed_address_becomes_an_account_without_any_role(client):
    ask(client, " Anna@Bürger.example")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email, mail.is_secret) == (
        "stranger_account_asked",
        "anna@xn--brger-kva.example",
        True,
    )
    assert "Kies dan hier je naam en wachtwoord" in mail.body
    link = path_of(mail)
    assert "anna@bürger.example" in client.get(link).content.decode()
    assert not User.objects.exists()  # reading the page makes nothing
    answer = client.post(link, NEW, follow=True)
    user = User.objects.get()
    assert get_user(client) == user
    assert (user.person.full_name, user.emailaddress_set.get().verified) == ("Anna van den Berg", True)
    assert reverse("partnerships:role-request-list") in answer.content.decode()


def test_asking_answers_alike_whether_or_not_there_is_an_account(client):
    user = UserFactory(email="anna@voorbeeld.test")
    answers = {page(ask(client, f"{name}@voorbeeld.test")) for name in ("anna", "niemand")}
    assert len(answers) == 1
    mail = OutgoingMail.objects.get(kind="owner_account_known")
    assert (mail.to_email, mail.person) == (user.email, user.person)
    assert "Je hebt er al een" in mail.body


def test_address_is_mailed_three_times_a_day_at_most_and_the_page_says_nothing_of_it(client):
    answers = {page(ask(client, "anna@voorbeeld.test")) for _turn in range(5)}
    assert len(answers) == 1
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("token", ["x", "anna@voorbeeld.test", "a:b:c"])
def test_forged_link_opens_nothing(client, token):
    assert client.get(reverse("accounts:sign-up-open", args=[token])).status_code == 404
    assert client.post(reverse("accounts:sign-up-open", args=[token]), NEW).status_code == 404
    assert not User.objects.exists()


def test_link_works_three_days_and_makes_one_account(client):
    ask(client, "anna@voorbeeld.test")
    link = path_of(OutgoingMail.objects.get())
    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=True):
        assert client.get(link).status_code == 404
    client.post(link, NEW)
    client.logout()
    again = client.post(link, NEW)
    assert "Je hebt dit account al gemaakt" in again.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"password": "kort"}, {"first_name": ""}, {"password": "anna@voorbeeld.test"}]
)
def test_refused_form_makes_no_account(client, changes):
    ask(client, "anna@voorbeeld.test")
    assert client.post(path_of(OutgoingMail.objects.get()), {**NEW, **changes}).status_code == 200
    assert not User.objects.exists()


def test_whoever_is_signed_in_needs_no_account(client):
    ask(client, "anna@voorbeeld.test")
    login(client, UserFactory())
    assert client.get(ASK).url == client.get(path_of(OutgoingMail.objects.get())).url == "/mijn/"
