"""The second step: an app's code, recovery codes, and administrators who cannot do without."""

import hmac
import re
import time
from base64 import b32decode

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from tests.accounts.signing import confirm, sign_in
from tests.factories.accounts import UserFactory
from tests.helpers import login

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY = "12345678"


def code(secret=SECRET):
    """What the app on a phone shows now (RFC 6238)."""
    counter = int(time.time()) // 30
    digest = hmac.digest(b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def give_second_step(user):
    secret = get_adapter().encrypt(SECRET)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})


def give_recovery_code(user):
    data = {"migrated_codes": [get_adapter().encrypt(RECOVERY)], "used_mask": 0}
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=data)


def with_second_step(**fields):
    user = UserFactory(**fields)
    give_second_step(user)
    return user


@pytest.mark.django_db
def test_switching_on_asks_the_password_shows_a_qr_and_gives_recovery_codes(client):
    user = UserFactory()
    sign_in(client, user.email)
    assert client.get(reverse("accounts:totp-qr")).status_code == 404
    page = confirm(client, client.get(reverse("mfa_activate_totp")))
    page = client.get(page.url)
    secret = re.search(r"<code>(\w+)</code>", page.content.decode()).group(1)
    assert "data:" not in page.content.decode()
    image = client.get(reverse("accounts:totp-qr"))
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert image.content.startswith(b"<?xml") or b"<svg" in image.content
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li><code>", done.content.decode())) == 10
    assert OutgoingMail.objects.filter(kind="accounts.security", person=user.person).exists()
    assert client.get(reverse("accounts:totp-qr")).status_code == 404


@pytest.mark.django_db
def test_secrets_are_stored_encrypted(settings):
    user = with_second_step()
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert SECRET not in stored
    assert get_adapter().decrypt(stored) == SECRET
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert get_adapter().decrypt(stored) == SECRET


@pytest.mark.django_db
def test_password_alone_signs_nobody_in_who_has_a_second_step(client):
    user = with_second_step()
    response = sign_in(client, user.email)
    assert response.url == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert client.get(response.url).status_code == 200
    assert client.post(response.url, {"code": "000000"}).status_code == 200
    assert client.post(response.url, {"code": code()}).url == "/mijn/"
    assert get_user(client) == user


@pytest.mark.django_db
def test_code_is_taken_once_and_also_with_the_cache_away(client, request):
    user = with_second_step()
    for expected in (True, False):
        response = sign_in(client, user.email)
        client.post(response.url, {"code": code()})
        assert get_user(client).is_authenticated is expected
        client.logout()
    request.getfixturevalue("cache_away")
    response = sign_in(client, user.email)
    client.post(response.url, {"code": code()})
    assert not get_user(client).is_authenticated
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=31), tick=True):
        response = sign_in(client, user.email)
        assert client.post(response.url, {"code": code()}).url == "/mijn/"


@pytest.mark.django_db
def test_sixth_wrong_code_is_refused_and_so_is_the_right_one_then(client, cache_away):
    user = with_second_step()
    page = sign_in(client, user.email).url
    for _turn in range(5):
        assert "Deze code klopt niet" in client.post(page, {"code": "000000"}).content.decode()
    assert "Te veel pogingen" in client.post(page, {"code": code()}).content.decode()
    assert not get_user(client).is_authenticated
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=6), tick=True):
        assert client.post(sign_in(client, user.email).url, {"code": code()}).url == "/mijn/"


@pytest.mark.django_db
def test_recovery_code_works_once(client):
    user = with_second_step()
    give_recovery_code(user)
    for expected in (True, False):
        response = sign_in(client, user.email)
        client.post(response.url, {"code": RECOVERY})
        assert get_user(client).is_authenticated is expected
        client.logout()


@pytest.mark.django_db
def test_codes_cannot_be_guessed_at_leisure(client):
    user = with_second_step()
    response = sign_in(client, user.email)
    for _turn in range(12):
        page = client.post(response.url, {"code": "000000"})
    assert "Te veel" in page.content.decode()
    client.post(response.url, {"code": code()})
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
def test_pages_of_the_second_step(client):
    user = with_second_step()
    give_recovery_code(user)
    sign_in(client, user.email)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "staat aan" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    confirm(client, client.get(reverse("mfa_deactivate_totp")))
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.django_db
def test_administrators_open_no_table_without_a_second_step(client):
    admin = UserFactory(admin=True)
    login(client, admin)
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Beheerders van Leerpact loggen in met een tweede stap" in response.content.decode()
    give_second_step(admin)
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("admin:login")).url == reverse("admin:index")


@pytest.mark.django_db
def test_others_get_no_table_with_a_second_step_either(client):
    login(client, with_second_step())
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.django_db
def test_tables_show_and_resend_mail(client):
    login(client, with_second_step(admin=True))
    for model in ("outgoingmail", "schoolholiday", "holiday"):
        assert client.get(reverse(f"admin:core_{model}_changelist")).status_code == 200


@pytest.mark.django_db
def test_refusals_of_the_second_step_say_what_to_do(client):
    user = with_second_step()
    wrong = client.post(sign_in(client, user.email).url, {"code": "000000"})
    assert "Deze code klopt niet. Typ de code die je app nu laat zien." in wrong.content.decode()
    client.logout()
    other = UserFactory()
    sign_in(client, other.email)
    confirm(client, client.get(reverse("mfa_activate_totp")))
    none = client.post(reverse("mfa_generate_recovery_codes"))
    assert "Zet eerst de tweede stap aan." in none.content.decode()
