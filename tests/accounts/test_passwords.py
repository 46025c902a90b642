"""Which passwords are refused: those that are guessed first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import validators
from tests.accounts.signing import sign_in
from tests.factories.accounts import PASSWORD, UserFactory

KNOWN = "staat in lijsten met gestolen wachtwoorden"
OWN = "Kies andere woorden"
GOOD = [
    "appel-boom-fiets-42",
    "peer roos trein 7",
    "correct horse battery staple",
    "leerpact paard batterij nietje",
]


def refusals(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


# From the top of the list, from its middle, and with capitals.
@pytest.mark.parametrize(
    "password",
    ["123qweasdzxc", "1qaz2wsx3edc", "sonyericsson", "LeaveMeAlone", "qwertyqwerty", "123456654321"],
)
def test_password_from_a_list_of_stolen_ones_is_refused(password):
    assert KNOWN in refusals(password)


@pytest.mark.parametrize("password", GOOD)
def test_password_of_ones_own_is_taken(password):
    assert refusals(password) == ""


def test_list_holds_ten_times_the_three_thousand_that_the_norm_asks():
    marks = validators.KNOWN.read_bytes()
    each = [marks[at : at + validators.MARK] for at in range(0, len(marks), validators.MARK)]
    assert len(each) > 30_000
    assert each == sorted(set(each))
    assert validators._is_known("123qweasdzxc")


@pytest.mark.parametrize(
    "password",
    ["Leerpact2026!", "Welkom-2026-Zomer", "wachtwoord1234", "welkombijleerpact", "Docent12345678!"],
)
def test_words_that_are_tried_first_here_are_refused(password):
    assert OWN in refusals(password)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["annabel-de-wit-1987", "Zonnestraal!!!2026", "AnnabelZonnestraal"])
def test_ones_own_name_and_address_are_refused(password):
    user = UserFactory(first_name="Annabel", last_name="Wit", email="zonnestraal@voorbeeld.test")
    assert refusals(password, user) != ""


@pytest.mark.django_db
def test_every_form_that_takes_a_password_refuses_it(client):
    user = UserFactory()
    sign_in(client, user.email)
    new = {"oldpassword": PASSWORD, "password1": "123qweasdzxc", "password2": "123qweasdzxc"}
    page = client.post(reverse("account_change_password"), new)
    assert KNOWN in page.content.decode()
