"""A company that sends our mail tells what did not arrive: only with the password, and only of mails that are ours."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from anymail.signals import tracking
from django.test import Client
from django.urls import path
from django.utils import timezone

from core import outbox, providers
from core.models import OutgoingMail
from portal import urls as portal_urls
from tests.factories.core import OutgoingMailFactory
from tests.portal.test_settings import GOOD, start

pytestmark = pytest.mark.django_db
SECRET = "leerpact:een-heel-lang-wachtwoord"
State, Trouble = OutgoingMail.State, OutgoingMail.Trouble


@pytest.fixture
def webhook(settings: Any, request: Any) -> Iterator[Any]:
    """What the provider's machine does; the session of nobody. Postmark, unless a test names another."""
    urls = ModuleType("urls")
    tells = path("mail/meldingen/", providers.webhook(getattr(request, "param", "postmark"), SECRET))
    vars(urls).update(vars(portal_urls), urlpatterns=[tells, *portal_urls.urlpatterns])
    settings.ROOT_URLCONF = urls
    tracking.connect(providers.told, dispatch_uid="test")
    client = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False

    def post(said: dict[str, Any], secret: str = SECRET) -> int:
        header = base64.b64encode(secret.encode()).decode()
        more = {"HTTP_AUTHORIZATION": f"Basic {header}"} if secret else {}
        return client.post(
            "/mail/meldingen/", json.dumps(said), content_type="application/json", **more
        ).status_code

    yield post
    tracking.disconnect(dispatch_uid="test")


def bounce(mail: OutgoingMail, **said: Any) -> dict[str, Any]:
    """As Postmark tells it."""
    return {
        "RecordType": "Bounce",
        "ID": 1,
        "Type": "HardBounce",
        "MessageID": "00000000-aaaa-bbbb-cccc-000000000000",
        "Metadata": {"mail": mail.message_id},
        "Description": "The server was unable to deliver your message",
        "Details": f"smtp;550 5.1.1 {mail.to_email} kanarie",
        "Email": mail.to_email,
        "BouncedAt": "2026-11-30T10:00:00Z",
    } | said


def sent(**facts: Any) -> OutgoingMail:
    return OutgoingMailFactory(**{"state": State.SENT, "sent_at": timezone.now()} | facts)


def test_what_bounced_there_failed_here(webhook: Any) -> None:
    mail, other = sent(), sent()
    assert webhook(bounce(mail)) == 200
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, mail.trouble, other.state) == (State.FAILED, Trouble.NO_ADDRESS, State.SENT)
    assert "kanarie" not in mail.last_error
    assert webhook(bounce(mail)) == 200


def bounce_at_mailgun(mail: OutgoingMail, key: str = SECRET.partition(":")[2]) -> dict[str, Any]:
    """Signed, with a key of the account there."""
    signature = hmac.new(key.encode(), b"1764480000kanarie", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1764480000", "token": "kanarie", "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "id": "1",
            "timestamp": 1764480000,
            "recipient": mail.to_email,
            "user-variables": {"mail": mail.message_id},
            "delivery-status": {"code": 550, "message": f"5.1.1 {mail.to_email} kanarie"},
        },
    }


def bounce_at_brevo(mail: OutgoingMail) -> dict[str, Any]:
    said = {
        "event": "hard_bounce",
        "email": mail.to_email,
        "ts_event": 1764480000,
        "message-id": "<elders@x>",
    }
    custom = json.dumps({"mail": mail.message_id})
    return said | {"X-Mailin-custom": custom, "reason": f"550 5.1.1 {mail.to_email} kanarie"}


def bounce_at_mailjet(mail: OutgoingMail) -> dict[str, Any]:
    said = {
        "event": "bounce",
        "email": mail.to_email,
        "time": 1764480000,
        "MessageID": 1,
        "hard_bounce": True,
    }
    payload = json.dumps({"mail": mail.message_id})
    return said | {"Payload": payload, "error_related_to": "recipient", "error": "user unknown"}


@pytest.mark.parametrize(
    ("webhook", "tells"),
    [("mailgun", bounce_at_mailgun), ("brevo", bounce_at_brevo), ("mailjet", bounce_at_mailjet)],
    indirect=["webhook"],
)
def test_what_bounced_at_any_of_them_failed_here(webhook: Any, tells: Any) -> None:
    mail = sent()
    assert webhook(tells(mail), "leerpact:geraden") == 400
    assert webhook(tells(mail)) == 200
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert "kanarie" not in mail.last_error


@pytest.mark.parametrize("webhook", ["mailgun"], indirect=True)
def test_what_is_signed_with_another_key_counts_for_nothing(webhook: Any) -> None:
    mail = sent()
    assert webhook(bounce_at_mailgun(mail, "een-andere-sleutel")) == 400
    mail.refresh_from_db()
    assert mail.state == State.SENT


@pytest.mark.parametrize("secret", ["", "leerpact:geraden", "x"])
def test_without_the_password_nothing_counts(webhook: Any, secret: str) -> None:
    mail = sent()
    assert webhook(bounce(mail), secret) == 400
    mail.refresh_from_db()
    assert mail.state == State.SENT


@pytest.mark.parametrize(
    "said",
    [
        {"Metadata": {"mail": "<geraden@leerpact.example>"}},
        {"Metadata": {}},
        {"Metadata": {"mail": "<a\x00b@leerpact.example>"}},
        {"Metadata": {"mail": "<\ud800@leerpact.example>"}},
        {"Email": "iemand@anders.example"},
        {"RecordType": "Delivery", "DeliveredAt": "2026-11-30T10:00:00Z"},
        {"RecordType": "Open", "ReceivedAt": "2026-11-30T10:00:00Z"},
    ],
)
def test_what_is_not_a_bounce_of_ours_changes_nothing(webhook: Any, said: dict[str, Any]) -> None:
    mail = sent()
    assert webhook(bounce(mail, **said)) == 200
    mail.refresh_from_db()
    assert mail.state == State.SENT


@pytest.mark.parametrize("provider", ["brevo", "mailgun", "mailjet", "postmark"])
def test_mail_carries_its_id_for_the_provider(settings: Any, smtp: Any, provider: str) -> None:
    settings.MAIL_PROVIDER = provider
    mail = OutgoingMailFactory()
    assert outbox.deliver_due() == 1
    (message,) = smtp.messages
    ((name, value),) = providers.headers(provider, mail.message_id).items()
    assert mail.message_id in value
    assert "".join(str(message[name]).split()) == value  # folded on the way
    assert callable(providers.webhook(provider, SECRET))


def test_provider_is_a_setting_with_a_password() -> None:
    code = "import portal.settings.prod as s; print(s.MAIL_PROVIDER, s.MAIL_WEBHOOK_SECRET)"
    done = start(GOOD | {"MAIL_WEBHOOK": f"postmark:{SECRET}"}, code)
    assert done.stdout.strip() == f"postmark {SECRET}"
    for wrong in ("postmark", "postmark:kort:kort", "onbekend:" + SECRET):
        done = start(GOOD | {"MAIL_WEBHOOK": wrong})
        assert (done.returncode, "MAIL_WEBHOOK" in done.stderr) == (2, True)
