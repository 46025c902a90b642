"""A new installation: its first administrator, and what that one reads is still missing."""

import io
import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import outbox
from core.models import OutgoingMail
from partnerships.enums import MemberRole
from portal.settings.environment import Operator
from tests.browser.sites import HOME, site_environment
from tests.factories.accounts import UserFactory
from tests.factories.core import OutgoingMailFactory, StoredFileFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import QualificationFactory
from tests.helpers import login
from tools.local.paths import ROOT

pytestmark = pytest.mark.django_db
PASSWORD = "appel-boom-fiets-42"


def made(*arguments, typed="", monkeypatch=None):
    out = io.StringIO()
    if monkeypatch is not None:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("make_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_first_administrator_is_made_with_a_password_from_standard_input(client, monkeypatch):
    words = made(
        "--email=Beheer@School.example", "--name=Anna van den Berg", "--password-stdin",
        typed=f"{PASSWORD}\n", monkeypatch=monkeypatch,
    )  # fmt: skip
    assert words == "Anna van den Berg <beheer@school.example> is administrator.\n"
    user = User.objects.get()
    assert (user.is_staff, user.person.name_prefix, user.check_password(PASSWORD)) == (True, "van den", True)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_first_administrator_chooses_a_password_with_the_link_in_the_mail(client):
    answer = json.loads(made("--email=beheer@school.example", "--name=Suharto", "--link", "--json"))
    assert answer == {"email": "beheer@school.example", "name": "Suharto", "link_mailed": True}
    assert not User.objects.get().has_usable_password()
    mail = OutgoingMail.objects.get(to_email="beheer@school.example")
    page = client.get(re.search(r"https?://[^/]+(/\S+)", mail.body)[1], follow=True)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (["--email=beheer", "--name=Anna", "--link"], "", 2),
        (["--email=a@b.nl c@d.nl", "--name=Anna", "--link"], "", 2),
        (["--email=beheer@school.example", "--name=-", "--link"], "", 2),
        (["--email=beheer@school.example", "--link"], "", 2),
        (["--email=beheer@school.example", "--name=Anna"], "", 2),
        (["--email=beheer@school.example", "--name=Anna", "--password-stdin"], "kort\n", 2),
    ],
)
def test_what_is_ill_typed_makes_nobody(monkeypatch, arguments, typed, code):
    with pytest.raises(CommandError) as refusal:
        made(*arguments, typed=typed, monkeypatch=monkeypatch)
    assert refusal.value.returncode == code
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["", " ", "beheer", "@school.example", "beheer@", "beheer@school", "a@b.nl, c@d.nl", "é@school.example",
     "beheer@school.example" * 20, "a\nb@school.example", "\udcff@school.example", "<>"],
)  # fmt: skip
def test_refusal_names_the_option_in_the_language_of_the_command(email):
    with pytest.raises(CommandError) as refusal:
        made(f"--email={email}", "--name=Anna", "--link")
    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith("--email: ")
    assert not re.search(r"\b(is geen|ingevuld|Gebruik|adres)\b", str(refusal.value))


@pytest.mark.parametrize("name", ["", "-", "x" * 1000])
def test_refusal_of_a_name_names_the_option(name):
    with pytest.raises(CommandError) as refusal:
        made("--email=beheer@school.example", f"--name={name}", "--link")
    assert (refusal.value.returncode, str(refusal.value)[:8]) == (2, "--name: ")


def test_command_line_ends_with_the_code_and_one_line():
    """As an operator runs it: the exit code is for scripts, the words for people."""
    command = [sys.executable, "manage.py", "make_administrator", "--email=", "--name=Anna", "--link"]
    environment = {**site_environment(connection.settings_dict["NAME"], HOME)}
    ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (
        ran.stderr.strip() == "CommandError: --email: Fill in an email address, for example name@example.nl."
    )


def test_who_leaves_the_questions_makes_nobody(monkeypatch):
    """Ctrl-D or Ctrl-C at a question."""
    for stop in (EOFError, KeyboardInterrupt):

        def answer(_words, stop=stop):
            raise stop

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", answer)
        with pytest.raises(CommandError, match="Nobody was made") as refusal:
            made("--link")
        assert refusal.value.returncode == 2
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_link_arrives_at_the_mail_server_and_opens_the_account(client, smtp_server):
    made("--email=beheer@school.example", "--name=Anna van den Berg", "--link")
    assert outbox.deliver_due() == 1
    (message,) = smtp_server.messages
    assert message["To"] == "beheer@school.example"
    text = message.get_body(("plain",)).get_content()
    assert "Anna" in text
    assert "wachtwoord" in text  # in the language of who reads it
    link = re.search(r"https?://[^/]+(/\S+)", text)[1]
    page = client.get(link, follow=True)
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    signed = client.post(
        reverse("account_login"), {"login": message["To"], "password": PASSWORD}, follow=True
    )
    assert signed.status_code == 200
    assert client.get(reverse("administration")).status_code == 200


def test_second_one_is_made_only_when_that_is_said():
    UserFactory(is_staff=True, email="eerste@school.example")
    arguments = ["--email=tweede@school.example", "--name=Bo Dijk", "--link"]
    with pytest.raises(CommandError) as refusal:
        made(*arguments)
    assert refusal.value.returncode == 3
    made(*arguments, "--another")
    with pytest.raises(CommandError):
        made(*arguments, "--another")  # the address has an account by now
    assert User.objects.filter(is_staff=True).count() == 2


def missing(client):
    return [str(step.title) for step in client.get(reverse("administration")).context["steps"]]


def test_administrator_reads_what_is_missing_until_nothing_is(client, django_assert_max_num_queries):
    login(client, UserFactory(is_staff=True))
    qualifications = "Lees de kwalificaties in"
    assert missing(client) == [
        "Voeg de eerste organisatie toe", "Voeg de eerste samenwerking toe", qualifications
    ]  # fmt: skip
    organisation, partnership = OrganisationFactory(), PartnershipFactory()
    OutgoingMailFactory(state=OutgoingMail.State.FAILED)
    with django_assert_max_num_queries(14):
        assert missing(client) == [
            "1 mail kon niet worden verstuurd",
            "1 organisatie heeft nog geen beheerder",
            "Kies wie een samenwerking coördineert",
            qualifications,
        ]
    MemberFactory(partnership=partnership, organisation=organisation, role=MemberRole.LEAD)
    QualificationFactory()
    OutgoingMail.objects.update(state=OutgoingMail.State.QUEUED)
    assert missing(client) == ["1 organisatie heeft nog geen beheerder"]
    page = client.get(reverse("administration")).content.decode()
    assert reverse("partnerships:first-manager-list") in page


def test_administrator_reads_that_something_was_found_in_a_file_as_long_as_it_is_news(client):
    login(client, UserFactory(is_staff=True))
    found = "De virusscanner heeft in 1 bestand iets gevonden"
    file = StoredFileFactory(scan="suspect", scanned_at=timezone.now())
    StoredFileFactory(scan="clean", scanned_at=timezone.now())
    assert found in missing(client)
    file.scanned_at = timezone.now() - timedelta(days=31)
    file.save()
    assert found not in missing(client)


@override_settings(OPERATOR=Operator(name="Stichting Proef", email="a@b.example", officer_name="N. Naam"))
def test_settings_that_are_empty_are_named_to_the_administrator(client):
    login(client, UserFactory(is_staff=True))
    page = client.get(reverse("administration")).content.decode()
    assert "OPERATOR_ADDRESS, PRIVACY_OFFICER_EMAIL" in page
    assert "OPERATOR_NAME" not in page
    assert client.get(reverse("privacy")).status_code == 200
