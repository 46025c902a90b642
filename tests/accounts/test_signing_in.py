"""Signing in: by e-mail, throttled per account, telling nobody which accounts exist."""

from dataclasses import replace

import pytest
import time_machine
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from accounts.adapters import AccountAdapter
from accounts.enums import SecurityKind
from accounts.models import SecurityEvent, User
from accounts.services import throttles
from core.models import FieldChange, OutgoingMail
from tests.accounts.signing import LOGIN, TOO_MANY, ask_reset, confirm, page, path_of, sign_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.helpers import edit, login, made_from


@pytest.mark.django_db
def test_sign_in_leads_to_ones_first_page(client):
    user = UserFactory(email="anna@voorbeeld.test", language="en")
    response = sign_in(client, " Anna@Voorbeeld.TEST")
    assert (response.status_code, response.url, get_user(client)) == (302, "/mijn/", user)
    assert response.cookies["taal"].value == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["anna@bürger.nl", "anna@xn--brger-kva.nl", "Anna@BÜRGER.nl"])
def test_sign_in_and_reset_know_an_address_in_each_of_its_letters(client, typed):
    """A browser sends the second whatever is typed; a person without its help may send the first."""
    user = UserFactory(email="Anna@Bürger.nl")
    ask_reset(client, typed)
    assert OutgoingMail.objects.get().to_email == "anna@xn--brger-kva.nl"
    assert sign_in(client, typed).url == "/mijn/"
    assert get_user(client) == user
    assert "anna@bürger.nl" in client.get(reverse("accounts:profile")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "field"), [(LOGIN, "login"), ("/account/wachtwoord/vergeten/", "email")])
def test_letters_that_no_address_has_are_refused_in_words(client, path, field):
    response = client.post(path, {field: "zoë@voorbeeld.test", "password": PASSWORD})
    assert response.context["form"].errors[field] == ["Gebruik alleen gewone letters voor de @."]


@pytest.mark.django_db
@pytest.mark.parametrize(("remember", "days"), [("", 0), ("on", 14)])
def test_session_lasts_as_long_as_the_person_chose(client, remember, days):
    UserFactory(email="anna@voorbeeld.test")
    client.post(LOGIN, {"login": "anna@voorbeeld.test", "password": PASSWORD, "remember": remember})
    assert client.session.get_expire_at_browser_close() is (days == 0)


@pytest.mark.django_db
def test_sign_in_goes_on_to_where_one_wanted(client):
    UserFactory(email="anna@voorbeeld.test")
    response = client.post(LOGIN + "?next=/account/", {"login": "anna@voorbeeld.test", "password": PASSWORD})
    assert response.url == "/account/"


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://kwaad.test/", "//kwaad.test", "javascript:alert(1)"])
def test_sign_in_goes_nowhere_else(client, target):
    UserFactory(email="anna@voorbeeld.test")
    response = client.post(LOGIN, {"login": "anna@voorbeeld.test", "password": PASSWORD, "next": target})
    assert response.url == "/mijn/"


@pytest.mark.django_db
def test_wrong_password_and_unknown_address_answer_alike(client):
    UserFactory(email="anna@voorbeeld.test")
    UserFactory(email="weg@voorbeeld.test", is_active=False)
    answers = {
        page(sign_in(client, f"{name}@voorbeeld.test", "fout-fout-fout"))
        for name in ("anna", "niemand", "weg")
    }
    assert len(answers) == 1
    assert "klopt niet" in answers.pop()[1]


@pytest.mark.django_db
def test_sixth_wrong_password_for_one_account_is_refused_wherever_it_comes_from(client):
    user = UserFactory(email="anna@voorbeeld.test")
    for number in range(5):
        sign_in(client, user.email, "fout-fout-fout", REMOTE_ADDR=f"192.0.2.{number}")
    response = sign_in(client, user.email.upper(), PASSWORD, REMOTE_ADDR="192.0.2.99")
    assert TOO_MANY in response.content.decode()
    assert not get_user(client).is_authenticated
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=6), tick=True):
        assert sign_in(client, user.email).status_code == 302


@pytest.mark.django_db
def test_throttle_counts_unknown_addresses_like_known_ones(client):
    answers = set()
    UserFactory(email="anna@voorbeeld.test")
    for name in ("anna", "niemand"):
        for _turn in range(5):
            sign_in(client, f"{name}@voorbeeld.test", "fout-fout-fout")
        answers.add(page(sign_in(client, f"{name}@voorbeeld.test", "fout-fout-fout")))
    assert len(answers) == 1


@pytest.mark.django_db
def test_whole_school_signs_in_from_one_address(rf, client, monkeypatch):
    """300 students within five minutes, one in five with a typing error first (S8); three of them in full."""
    adapter, request = AccountAdapter(), rf.post(LOGIN)
    monkeypatch.setattr(
        DefaultAccountAdapter,
        "authenticate",
        lambda *_given, password, **_more: User() if password == PASSWORD else None,
    )
    with allauth_context.request_context(request):
        for number in range(297):
            for password in ("fout", PASSWORD) if number % 5 == 0 else (PASSWORD,):
                adapter.authenticate(request, email=f"leerling{number}@voorbeeld.test", password=password)
    monkeypatch.undo()
    for user in UserFactory.create_batch(3):
        assert sign_in(client, user.email, "fout-fout-fout").status_code == 200
        assert sign_in(client, user.email).status_code == 302
        client.logout()


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "count"), [(0, 1), (1, 3)])
def test_forged_forwarded_address_counts_only_behind_a_proxy_we_know(
    client, settings, monkeypatch, proxies, count
):
    """Without proxies the header is ignored; with one, only the address that proxy added is read."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    monkeypatch.setattr(throttles, "SIGN_INS", replace(throttles.SIGN_INS, most=1))
    passed = [
        TOO_MANY
        not in page(sign_in(client, "niemand@voorbeeld.test", "fout", HTTP_X_FORWARDED_FOR=forged))[1]
        for forged in (f"10.0.0.9, 192.0.2.{number}" for number in range(3))
    ]
    assert passed.count(True) == count


@pytest.mark.django_db
def test_closed_account_cannot_sign_in(client):
    user = UserFactory(is_active=False)
    sign_in(client, user.email)
    assert not get_user(client).is_authenticated


@pytest.mark.django_db
def test_unverified_address_gets_a_mail_first(client):
    user = UserFactory(verified=False)
    response = sign_in(client, user.email)
    assert response.url == reverse("account_email_verification_sent")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email, mail.is_secret) == ("accounts.email_confirmation", user.email, True)
    assert not get_user(client).is_authenticated
    assert client.get(response.url).status_code == 200


@pytest.mark.django_db
def test_nobody_signs_up(client):
    for path in (
        "/account/signup/",
        "/accounts/signup/",
        "/account/aanmelden/",
        "/_allauth/browser/v1/auth/signup",
    ):
        assert client.post(path, {"email": "x@voorbeeld.test", "password1": PASSWORD}).status_code == 404
    assert not User.objects.exists()


# One's own account


@pytest.mark.django_db
def test_profile_changes_name_and_language(client):
    user = UserFactory()
    login(client, user)
    data = {"first_name": "Éva", "name_prefix": "van", "last_name": "Dijk", "language": "en"}
    response = edit(client, reverse("accounts:profile"), data)
    user.refresh_from_db()
    assert (response.status_code, response.cookies["taal"].value) == (302, "en")
    assert (user.person.full_name, user.person.sort_name, user.person.language) == (
        "Éva van Dijk",
        "dijk, eva, van",
        "en",
    )


@pytest.mark.django_db
def test_profile_shows_what_the_name_was_and_who_changed_it(client):
    user = UserFactory(first_name="Eva", last_name="Dijk")
    login(client, user)
    data = {"first_name": "Éva", "name_prefix": "", "last_name": "Dijk", "language": "nl"}
    data |= made_from(client, reverse("accounts:profile"))
    client.post(reverse("accounts:profile"), data)
    client.post(reverse("accounts:profile"), data)
    page = client.get(reverse("accounts:profile"))
    (line,) = page.context["history"]
    assert (line.field, line.before, line.after, line.change.by) == ("Voornaam", "Eva", "Éva", user.person)
    assert line.change.subject == user.person.public_id
    assert "Eva → Éva" in " ".join(page.content.decode().split())


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"first_name": ""}, {"language": "xx"}, {"last_name": "123456782"}])
def test_profile_refuses_and_keeps_the_name(client, changes):
    user = UserFactory(first_name="Anna")
    login(client, user)
    data = {"first_name": "Bo", "last_name": "Dijk", "language": "nl", **changes}
    response = edit(client, reverse("accounts:profile"), data)
    user.refresh_from_db()
    assert (response.status_code, user.first_name) == (200, "Anna")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kort", "Kies een langer wachtwoord: minstens 12 tekens."),
        (
            "anna.jansen@voorbeeld",
            "Kies een wachtwoord dat minder op je naam of e-mailadres lijkt.",
        ),
        ("qwerty123456", "Veel mensen hebben dit wachtwoord. Kies een ander."),
    ],
)
def test_refused_password_says_in_dutch_what_to_do(client, typed, said):
    login(client, UserFactory(email="anna.jansen@voorbeeld.test"))
    new = {"oldpassword": PASSWORD, "password1": typed, "password2": typed}
    response = client.post(reverse("account_change_password"), new)
    assert said in response.context["form"].errors["password1"]


@pytest.mark.django_db
def test_password_change_asks_the_old_one_and_keeps_the_session(client):
    user = UserFactory()
    sign_in(client, user.email)
    new = {"password1": "peer-roos-trein-7", "password2": "peer-roos-trein-7"}
    assert client.post(reverse("account_change_password"), {"oldpassword": "fout", **new}).status_code == 200
    assert (
        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new}).status_code == 302
    )
    user.refresh_from_db()
    assert (user.check_password("peer-roos-trein-7"), get_user(client)) == (True, user)


@pytest.mark.django_db
def test_new_address_counts_once_confirmed(client):
    user = UserFactory(email="oud@voorbeeld.test")
    sign_in(client, user.email)
    confirm(client, client.post(reverse("account_email"), {"email": "Nieuw@Bürger.test", "action_add": "1"}))
    assert "nieuw@bürger.test" in client.get(reverse("account_email")).content.decode()
    user.refresh_from_db()
    assert user.email == "oud@voorbeeld.test"
    link = path_of(OutgoingMail.objects.get(to_email="nieuw@xn--brger-kva.test"))
    assert client.get(link).status_code == 200
    user.refresh_from_db()
    assert user.email == "oud@voorbeeld.test"  # reading the page confirms nothing
    client.post(link)
    user.refresh_from_db()
    assert user.email == "nieuw@xn--brger-kva.test"
    assert OutgoingMail.objects.filter(kind="accounts.security", to_email="oud@voorbeeld.test").exists()
    event = SecurityEvent.objects.get(kind=SecurityKind.ADDRESS)
    assert (event.person, event.what) == (user.person, "")
    (line,) = client.get(reverse("accounts:profile")).context["history"]
    assert (line.before, line.after) == ("oud@voorbeeld.test", "nieuw@bürger.test")
    client.post(link)  # pressed twice
    assert FieldChange.objects.filter(model="accounts.user").count() == 1


@pytest.mark.django_db
def test_address_of_someone_else_answers_alike_and_cannot_be_taken(client):
    owner = UserFactory(email="bezet@voorbeeld.test")
    user = UserFactory(email="oud@voorbeeld.test")
    sign_in(client, user.email)
    confirm(
        client, client.post(reverse("account_email"), {"email": "bezet@voorbeeld.test", "action_add": "1"})
    )
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("accounts.email_confirmation", owner.email)
    link = path_of(mail)
    client.get(link)
    client.post(link)
    user.refresh_from_db()
    assert user.email == "oud@voorbeeld.test"


@pytest.mark.django_db
def test_sessions_elsewhere_can_be_ended(client, client_class):
    user = UserFactory()
    other = client_class()
    sign_in(client, user.email)
    sign_in(other, user.email)
    assert client.get(reverse("usersessions_list")).content.decode().count("<strong>") == 2
    client.post(reverse("usersessions_list"))
    assert (get_user(client), get_user(other).is_authenticated) == (user, False)


@pytest.mark.django_db
def test_signed_in_pages_are_stored_nowhere(client):
    sign_in(client, UserFactory().email)
    assert "no-store" in client.get(reverse("accounts:profile"))["Cache-Control"]


@pytest.mark.django_db
def test_sign_out_needs_a_post(client):
    user = UserFactory()
    login(client, user)
    client.get(reverse("account_logout"))
    assert get_user(client) == user
    client.post(reverse("account_logout"))
    assert not get_user(client).is_authenticated
