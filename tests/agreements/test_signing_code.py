"""A code by mail in place of the password, on the way to a signature only."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import SecurityEvent
from agreements.models import Signature
from core.models import OutgoingMail
from tests.accounts.test_second_factor import give_second_step
from tests.agreements.cases import url, words
from tests.agreements.test_agreements_signing_pages import sign_data
from tests.helpers import login
from tests.portal.bulk import press

pytestmark = pytest.mark.django_db
CODE = reverse("accounts:signing-code")
WRONG = "Deze code klopt niet, of is ouder dan tien minuten."


def asked(client, case, user=None, path=""):
    """Comes from the page to sign, and asks for a code; gives the code in the mail."""
    user = user or case.student
    login(client, user)
    password = client.get(client.get(path or url("agreement-sign", case))["Location"])
    assert CODE in password.content.decode()
    client.post(CODE)
    mail = OutgoingMail.objects.filter(kind="accounts.signing_code").latest("pk")
    assert (mail.to_email, mail.is_secret) == (user.email, True)
    return re.search(r"^\d{8}$", mail.body, re.M)[0]


def test_code_leads_to_the_page_and_the_signature(client, case):
    case.ask()
    code = asked(client, case)
    answer = client.post(CODE, {"code": f" {code[:4]} {code[4:]}"})
    assert answer["Location"] == url("agreement-sign", case)
    assert client.post(url("agreement-sign", case), sign_data(case)).status_code == 302
    assert Signature.objects.get().by_id == case.student.person.pk


def test_code_leads_to_signing_many_at_once(client, case):
    case.ask()
    many = reverse("agreements:agreements-sign") + "?rij=alle"
    answer = client.post(CODE, {"code": asked(client, case, case.contact, many)})
    assert answer["Location"] == many
    page = press(client, many, agreed="on")
    assert "Je krijgt een mail als iedereen heeft getekend." in words(page)
    assert Signature.objects.get().by_id == case.contact.person.pk


def test_code_is_good_for_five_minutes_and_for_nothing_else(client, case):
    case.ask()
    client.post(CODE, {"code": asked(client, case)})
    elsewhere = client.get(reverse("mfa_activate_totp"))
    assert elsewhere["Location"].startswith(reverse("account_reauthenticate"))
    assert CODE not in client.get(elsewhere["Location"]).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        assert client.get(url("agreement-sign", case)).status_code == 302


def test_code_works_once_and_for_ten_minutes(client, case):
    case.ask()
    code = asked(client, case)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        assert WRONG in words(client.post(CODE, {"code": code}))
    client.post(CODE, {"code": code})
    assert client.post(CODE, {"code": code}).status_code == 404


def test_newer_code_takes_the_place_of_the_older(client, case):
    case.ask()
    first = asked(client, case)
    second = asked(client, case)
    assert WRONG in words(client.post(CODE, {"code": first}))
    assert client.post(CODE, {"code": second}).status_code == 302


def test_sixth_wrong_code_is_refused_and_so_is_the_right_one_then(client, case):
    case.ask()
    code = asked(client, case)
    for _turn in range(5):
        assert WRONG in words(client.post(CODE, {"code": "x" + code[1:]}))
    assert "Te veel pogingen" in words(client.post(CODE, {"code": code}))
    assert list(SecurityEvent.objects.values_list("kind", "what")) == [("wrong_code", "mail")] * 5


def test_codes_do_not_fill_a_mailbox(client, case):
    case.ask()
    asked(client, case)
    for _turn in range(6):
        page = client.post(CODE, follow=True)
    assert "Je hebt al een paar keer om een code gevraagd" in words(page)
    assert OutgoingMail.objects.filter(kind="accounts.signing_code").count() == 5


def test_who_has_a_second_step_uses_that(client, case):
    case.ask()
    give_second_step(case.student)
    login(client, case.student)
    page = client.get(client.get(url("agreement-sign", case))["Location"], follow=True)
    assert CODE not in page.content.decode()
    assert client.get(CODE).status_code == 404


def test_second_step_that_was_set_up_since_takes_the_place_of_the_code(client, case):
    case.ask()
    code = asked(client, case)
    before = OutgoingMail.objects.count()
    give_second_step(case.student)
    assert client.post(CODE).status_code == 404
    assert client.post(CODE, {"code": code}).status_code == 404
    assert OutgoingMail.objects.count() == before
    assert not client.get(url("agreement-sign", case)).content


def test_code_of_another_browser_does_nothing(client, case):
    case.ask()
    code = asked(client, case)
    other = type(client)()
    login(other, case.student)
    other.get(url("agreement-sign", case))
    other.post(CODE, {"code": code})
    assert other.get(url("agreement-sign", case)).status_code == 302
