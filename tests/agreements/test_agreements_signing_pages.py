"""The page on which a party signs: asks for the password, and for the text that was read."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from agreements.models import Signature
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
    assert Signature.objects.get().by_id == case.student.person.pk


@pytest.mark.parametrize("last", [False, True])
def test_sign_twice_says_what_it_did(client, case, last):
    case.ask()
    if last:
        case.sign("employer", case.contact)
        case.sign("school", case.teacher)
    before, data = Signature.objects.count(), sign_data(case)
    login_fresh(client, case.student)
    for _turn in range(2):
        page = words(client.post(url("agreement-sign", case), data, follow=True))
        assert "Je hebt de overeenkomst getekend." in page
        assert ("Iedereen heeft nu getekend." if last else "Nu nog: werkgever, school.") in page
    assert Signature.objects.count() == before + 1


def test_name_changed_since_is_asked_first(client, case):
    case.ask()
    case.placement.student.person.last_name = "Getrouwd"
    case.placement.student.person.save()
    login_fresh(client, case.student)
    path = url("agreement-sign", case)
    assert "In de overeenkomst heet ik" in words(client.get(path))
    client.post(path, sign_data(case))
    assert Signature.objects.count() == 0
    client.post(path, sign_data(case, is_same_person="on"))
    assert Signature.objects.get().name == case.pending.parties["student"]


def test_decline_says_why_and_is_only_for_who_signs(client, case):
    case.ask()
    login(client, case.student)
    path = url("agreement-decline", case)
    assert client.get(path).status_code == 200
    assert client.post(path, {"version": case.version_id, "reason": ""}).status_code == 200
    assert client.post(path, {"version": "0", "reason": "Nee."}).status_code == 200
    sent = {"version": case.version_id, "reason": "De dagen kloppen niet."}
    for _turn in range(2):
        assert "Je tekent niet." in words(client.post(path, sent, follow=True))
    assert case.pending.state == "draft"
    assert "De dagen kloppen niet." in words(client.get(case.agreement.get_absolute_url()))


def test_sign_of_a_text_that_changed_meanwhile_shows_the_new_one(client, case):
    case.ask()
    login_fresh(client, case.student)
    data = sign_data(case)
    case.change(guidance="Heel anders.")
    case.ask()
    response = client.post(url("agreement-sign", case), data, follow=True)
    assert "veranderd sinds je die las" in words(response)
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
