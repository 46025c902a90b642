"""A passkey as the second step: what is no answer of a browser is refused in words; with one: tests/browser."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.forms.passkeys import NO_ANSWER, NOT_RIGHT
from tests.accounts.signing import confirm, sign_in
from tests.accounts.test_second_factor import with_second_step
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WRONG = [
    "x",
    "{}",
    "[]",
    "1",
    "null",
    '{"id": 1, "type": "public-key"}',
    '{"id": "aa", "rawId": "aa", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "aa"}}',
    '{"id": "aa", "rawId": "aa", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "aa",'
    ' "signature": "aa", "userHandle": null}}',
]


def refused(page):
    text = page.content.decode()
    return page.status_code == 200 and (str(NOT_RIGHT) in text or str(NO_ANSWER) in text)


@pytest.mark.parametrize("credential", ["", *WRONG])
def test_nothing_is_added_by_what_is_no_answer(client, credential):
    user = UserFactory()
    sign_in(client, user.email)
    page = client.get(confirm(client, client.get(reverse("mfa_add_webauthn"))).url)
    assert page.status_code == 200
    assert refused(client.post(reverse("mfa_add_webauthn"), {"name": "Telefoon", "credential": credential}))
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize("credential", ["", *WRONG])
def test_nobody_is_signed_in_by_what_is_no_answer(client, credential):
    user = with_second_step()
    page = sign_in(client, user.email)
    assert client.get(page.url).status_code == 200
    assert refused(client.post(page.url, {"credential": credential}))
    assert not get_user(client).is_authenticated


def test_passkey_of_someone_else_is_not_found(client):
    other = UserFactory()
    passkey = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Telefoon", "credential": {}}
    )
    sign_in(client, UserFactory().email)
    page = confirm(client, client.get(reverse("mfa_add_webauthn")))
    assert client.get(page.url).status_code == 200
    assert client.get(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
