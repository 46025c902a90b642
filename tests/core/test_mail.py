"""Promising a mail: a row in the caller's transaction, a hint after it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import mail, outbox, tasks
from core.models import OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.core import OutgoingMailFactory

TEMPLATE = """{% load i18n %}{% translate "Password" %}: {{ name }}

{{ name }} & {{ link }}
{{ site_url }}
"""


@pytest.fixture
def template(settings, tmp_path):
    (tmp_path / "proef.txt").write_text(TEMPLATE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    return "proef.txt"


@pytest.fixture
def hints(monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda **options: asked.append(options))
    return asked


def send(template, **changes):
    arguments = {
        "kind": "test",
        "to_email": "a@voorbeeld.test",
        "template": template,
        "context": {"name": "O'Brien <b>"},
        "language": "nl",
        "link": "/mijn/",
        "why": "Omdat.",
    }
    return mail.send(**{**arguments, **changes})


@pytest.mark.django_db
def test_send_writes_plain_text_in_the_language_of_the_recipient(settings, template, hints):
    settings.SITE_URL = "https://leerpact.test"
    dutch, english = send(template), send(template, language="en", person=PersonFactory())
    assert dutch.subject == "Wachtwoord: O'Brien <b>"
    assert english.subject == "Password: O'Brien <b>"
    assert dutch.body.startswith("O'Brien <b> & https://leerpact.test/mijn/\nhttps://leerpact.test\n\nMet")
    assert (dutch.state, dutch.link) == (OutgoingMail.State.QUEUED, "https://leerpact.test/mijn/")
    assert dutch.message_id.endswith("@leerpact.test>")
    assert dutch.message_id != english.message_id


@pytest.mark.django_db
def test_given_subject_leaves_the_text_whole(template, hints):
    sent = send(template, subject="Eigen onderwerp")
    assert (sent.subject, sent.body.startswith("Wachtwoord")) == ("Eigen onderwerp", True)


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["Hoi\r\nBcc: x@y.nl", "Hoi\nBcc: x@y.nl", "Hoi\u2028\x0b Bcc: x@y.nl"])
def test_line_breaks_in_a_subject_smuggle_no_header(template, hints, subject):
    assert send(template, subject=subject).subject == "Hoi Bcc: x@y.nl"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a@b.nl\nBcc: x@y.nl", "geen adres", ""])
def test_bad_address_is_refused(template, hints, address):
    with pytest.raises(ValidationError):
        send(template, to_email=address)
    if address:
        with pytest.raises(ValidationError):
            send(template, ask=[mail.Ask("Anna", email=address)])


@pytest.mark.django_db(transaction=True)
def test_send_outside_a_transaction_is_refused(template):
    with pytest.raises(transaction.TransactionManagementError):
        send(template)


@pytest.mark.django_db(transaction=True)
def test_rollback_takes_the_mail_along(template, hints):
    with transaction.atomic():
        send(template)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), hints) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_many_mails_in_a_transaction_give_one_hint(template, hints):
    with transaction.atomic():
        with transaction.atomic():
            send(template)  # its hint is rolled back with it
            transaction.set_rollback(True)
        send(template)
        with transaction.atomic():
            send(template)
    assert (OutgoingMail.objects.count(), len(hints)) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_broken_broker_does_not_break_the_request(template, monkeypatch, caplog):
    def fail(**options):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.deliver, "apply_async", fail)
    with transaction.atomic():
        send(template)
    assert OutgoingMail.objects.count() == 1
    assert "Broker not reached" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("due", "asked"), [(1, 0), (2, 1), (9, 3)])
def test_long_row_is_worked_on_by_others_too(smtp, hints, monkeypatch, due, asked):
    monkeypatch.setattr(outbox, "A_RUN", 2)
    OutgoingMailFactory.create_batch(due)
    OutgoingMailFactory(due_at=timezone.now() + timedelta(hours=1))
    assert tasks.sweep_outbox() == due
    assert len(hints) == asked


@pytest.mark.django_db(transaction=True)
def test_mail_promised_in_a_transaction_arrives(template, smtp, monkeypatch):
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda **options: tasks.deliver())
    with transaction.atomic():
        sent = send(template)
        assert smtp.messages == []
    (message,) = smtp.messages
    assert (message["Message-ID"], message["To"]) == (sent.message_id, "a@voorbeeld.test")
    assert message.get_payload(decode=True).decode().replace("\r\n", "\n") == sent.body
    assert tasks.sweep_outbox() == 0
