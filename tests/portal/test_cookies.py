"""Every cookie of production is bound to its host: no other host under the same domain can set it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from tests.accounts.signing import sign_in
from tests.factories.accounts import UserFactory
from tests.portal.test_settings import GOOD
from ui.messages import NamedCookieStorage

pytestmark = pytest.mark.django_db
READ = """
import json
from portal.settings import prod
print(json.dumps({name: getattr(prod, name) for name in dir(prod) if "_COOKIE_" in name}))
"""


@pytest.fixture(scope="module")
def production():
    """What production says of cookies."""
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=settings.ROOT,
        env={"PATH": os.environ["PATH"], **GOOD},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_every_cookie_is_bound_to_its_host(client, production, monkeypatch):
    monkeypatch.setattr(NamedCookieStorage, "cookie_name", production["MESSAGE_COOKIE_NAME"])
    found = {}
    with override_settings(**production, ADMIN_NEEDS_SECOND_STEP=True):
        client.get("/")
        answers = [
            sign_in(client, UserFactory(is_staff=True).email, secure=True),
            client.get(reverse("accounts:event-list"), secure=True),  # says that a second step is needed
            client.post(reverse("set-theme"), {"thema": "donker"}, secure=True),
            client.post(reverse("set-language"), {"language": "en"}, secure=True),
        ]
    for answer in answers:
        found |= answer.cookies
    assert {name.removeprefix("__Host-") for name in found} >= {
        "sessionid", "csrftoken", "toestel", "messages", "thema", "taal",
    }  # fmt: skip
    for name, cookie in found.items():
        assert name.startswith("__Host-")
        assert (cookie["path"], cookie["domain"], bool(cookie["secure"])) == ("/", "", True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ['"\\000aaaaaaaaaaa"', "x" * 4000, '"\\351aaaaaaaaaaa"', "abc' OR 1=1 --aaaaaa"]
)
def test_cookie_that_is_no_session_is_asked_to_sign_in(client, value):
    response = client.get("/mijn/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={value}"})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/")
