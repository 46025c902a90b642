"""The page on which a party signs: asks for the password, and for the text that was read."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from agreements.models import Signature
from agreements.services import agreements
from tests.agreements.cases import agreement_case, url, words
from tests.helpers import login, login_fresh

pytestmark = pytest.mark.django_db


def sign_data(case, signer="student", **changes):
    return {"version": case.version_id, "signer": signer, "agreed": "on"} | changes


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_asks_for_the_password_when_older_than_five_minutes(client, case, method):
    case.ask()
    login_fresh(client, case.student, seconds_ago=301)
    path = url("agreement-sign", case)
    response = client.get(path) if method == "get" else client.post(path, sign_data(case))
    if method == "post":
        assert response["Location"] == path
        response = client.get(path)
    assert response["Location"] == f"{reverse('account_reauthenticate')}?{urlencode({'next': path})}"
    assert Signature.objects.count() == 0


def test_password_brings_back_to_the_sign_page(client, case):
    case.student.set_password("een lang wachtwoord")
    case.student.save()
    case.ask()
    login(client, case.student)
    asked = client.get(url("agreement-sign", case))
    back = client.post(asked["Location"], {"password": "een lang wachtwoord"})
    assert back["Location"] == url("agreement-sign", case)
    assert client.get(back["Location"]).status_code == 200


def test_sign_with_fresh_authentication(client, case):
    case.ask()
    login_fresh(client, case.student, seconds_ago=290)
    assert client.post(url("agreement-sign", case), sign_data(case)).status_code == 302
    assert Signature.objects.get().by_id == case.student.pk


def test_sign_twice_is_kindly_refused(client, case):
    case.ask()
    login_fresh(client, case.student)
    client.post(url("agreement-sign", case), sign_data(case))
    again = client.post(url("agreement-sign", case), sign_data(case), follow=True)
    assert "Je hebt deze versie getekend." in words(again)
    assert Signature.objects.count() == 1


def test_sign_of_a_text_that_changed_meanwhile_shows_the_new_one(client, case):
    case.ask()
    login_fresh(client, case.student)
    data = sign_data(case)
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Heel anders.")
    case.ask()
    response = client.post(url("agreement-sign", case), data, follow=True)
    assert "veranderd sinds je hem las" in words(response)
    assert "Heel anders." in words(response)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"agreed": ""},
        {"signer": "school"},
        {"signer": "representative"},
        {"signer": ""},
        {"version": ""},
        {"version": "x"},
    ],
)
def test_sign_with_wrong_values_signs_nothing(client, case, changes):
    case.ask()
    login_fresh(client, case.student)
    assert client.post(url("agreement-sign", case), sign_data(case, **changes)).status_code == 200
    assert Signature.objects.count() == 0


def test_sign_before_it_is_asked_leads_back(client, case):
    login_fresh(client, case.student)
    response = client.get(url("agreement-sign", case), follow=True)
    assert "niets te tekenen" in words(response)


def test_student_under_18_reads_how_the_representative_signs(client):
    told = "Daarom tekent ook een ouder of andere wettelijk vertegenwoordiger"
    for minor in (True, False):
        case = agreement_case(minor=minor)
        case.ask()
        login(client, case.student)
        page = client.get(case.agreement.get_absolute_url()).content.decode()
        assert (told in page) is minor
