"""Security events stand in the log too, for who watches several hosts: what, when, in which request, of nobody by name."""

import io
import json
import logging

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import Role
from portal.logs import JsonFormatter, PrivateFilter, RequestIdFilter
from tests.factories.accounts import PASSWORD, ErasureRequestFactory, UserFactory
from tests.factories.partnerships import MembershipFactory

ADDRESS, NAME, TOKEN, WRONG = "canary@voorbeeld.test", "Canarie", "Canary-token-00000000", "canary-wachtwoord"
CANARIES = (ADDRESS, NAME, TOKEN, WRONG, "canary")


@pytest.fixture
def written():
    """All that is written to the log meanwhile, as production writes it."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonFormatter())
    for one in (RequestIdFilter(), PrivateFilter()):
        handler.addFilter(one)
    root, requests = logging.getLogger(), logging.getLogger("portal.request")
    before = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before[0])
    requests.setLevel(before[1])


def events(lines):
    return [line["event"] for line in lines if line["message"] == "security"]


@pytest.mark.django_db
def test_signing_in_failing_and_being_refused_are_told_without_a_name(client, written):
    user = UserFactory(email=ADDRESS, last_name=NAME)
    MembershipFactory(person=user.person, role=Role.SUPERVISOR)
    for password in (WRONG, PASSWORD):
        client.post(reverse("account_login"), {"login": ADDRESS, "password": password})
    client.get(reverse("administration"))
    client.get(f"/uitnodiging/{TOKEN}/")
    client.get("/werkgever/", {"q": NAME})
    lines = written()
    assert [kind for kind in events(lines) if kind != "new_device"] == [
        "wrong_password",
        "signed_in",
        "denied",
    ]
    security = [line for line in lines if line["message"] == "security"]
    assert len({line["who"] for line in security}) == 1
    text = json.dumps(lines).lower()
    assert [word for word in CANARIES if word.lower() in text] == []


@pytest.mark.django_db(transaction=True)
def test_erasure_is_told_in_numbers(written, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erased.txt"
    person = ErasureRequestFactory(
        granted=True, person=UserFactory(email=ADDRESS, last_name=NAME).person
    ).person
    call_command("erase", stdout=io.StringIO())
    assert "erased" in events(written())
    assert str(person.public_id) not in json.dumps(written())
    assert django_settings.ERASURE_LEDGER.exists()
