"""What mail servers report later of mails they had taken: those fail; what strangers make up changes nothing."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from core import mailbox, outbox, reports, tasks
from core.models import OutgoingMail
from tests.core.scripted_imap import Box
from tests.core.scripted_imap import mailbox as scripted_mailbox
from tests.factories.core import OutgoingMailFactory

pytestmark = pytest.mark.django_db
State, Trouble = OutgoingMail.State, OutgoingMail.Trouble


@pytest.fixture
def box(settings: Any, socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    monkeypatch.setattr(mailbox, "SILENCE", 0.4)
    with scripted_mailbox() as running:
        settings.BOUNCE_MAILBOX = running.url
        yield running


def sent(**facts: Any) -> OutgoingMail:
    return OutgoingMailFactory(**{"state": State.SENT, "sent_at": timezone.now()} | facts)


def report(
    mail: OutgoingMail,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    code: str = "550",
    final: str = "",
    message_id: str = "",
    original: str = "message/rfc822",
    to: str = "",
) -> bytes:
    """As Postfix writes it."""
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@zorg.example",
            "To: terug@leerpact.example",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="grens"',
            "",
            "--grens",
            "Content-Type: text/plain",
            "",
            "I am sorry to have to inform you.",
            "--grens",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.zorg.example",
            "",
            f"Final-Recipient: rfc822; {final or mail.to_email}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; {code} {status} <{mail.to_email}> kanarie unknown",
            "",
            "--grens",
            f"Content-Type: {original}",
            "",
            f"To: {to or mail.to_email}",
            f"Message-ID: {message_id or mail.message_id}",
            "Subject: kanarie",
            "",
            "kanarie",
            "--grens--",
            "",
        ]
    ).encode()


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        ("5.1.1", "550", Trouble.NO_ADDRESS),
        ("5.2.2", "552", Trouble.FULL),
        ("4.2.2", "452", Trouble.FULL),
        ("5.7.1", "554", Trouble.REFUSED),
        ("4.4.7", "", Trouble.NOT_YET),
        ("5.0.0", "", Trouble.REFUSED),
    ],
)
@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_mail_that_came_back_failed_for_its_reason(
    status: str, code: str, trouble: str, original: str
) -> None:
    mail, other = sent(), sent()
    assert reports.take(report(mail, status=status, code=code, original=original)) == "returned"
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, mail.trouble, mail.sent_at) == (State.FAILED, trouble, None)
    assert "kanarie" not in mail.last_error
    assert mail.to_email not in mail.last_error
    assert other.state == State.SENT
    assert reports.take(report(mail)) == "known_already"


@pytest.mark.parametrize("state", [State.HELD, State.QUEUED])
def test_mail_of_which_nobody_knew_is_known_by_its_report(state: str) -> None:
    mail = OutgoingMailFactory(state=state, attempts=1, copies=1)
    assert reports.take(report(mail)) == "returned"
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    assert outbox.deliver_due() == 0


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_only_what_failed_fails(action: str) -> None:
    mail = sent()
    assert reports.take(report(mail, action=action, status="4.4.1")) in {"delayed", "delivered"}
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_report_from_behind_a_forwarding_is_known_by_whom_the_mail_went_to() -> None:
    mail = sent()
    assert reports.take(report(mail, final="elders@privé.example")) == "returned"


def test_made_up_reports_change_nothing() -> None:
    mail, own = sent(), sent()
    fakes = [
        report(mail, message_id="<geraden@leerpact.example>"),
        report(
            mail, message_id=own.message_id, to="x@y.example"
        ),  # the id of the own mail, for another's address
        report(mail, final="x@y.example", to="x@y.example"),
        report(mail).replace(b"multipart/report", b"multipart/mixed"),
        b"Subject: hoi\r\n\r\n" + report(mail),  # forwarded as text
    ]
    assert [str(reports.take(fake)) for fake in fakes] == [
        "unknown_mail",
        "other_address",
        "other_address",
        "no_report",
        "no_report",
    ]
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth) for depth in range(4000)
)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        NESTED,
        b"Content-Type: multipart/report; boundary=x\r\n\r\n" + NESTED,
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: multipart/report\r\n\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n" + b"A: b\r\n" * 50_000,
        b"Content-Type: multipart/report; charset==?utf-8?b?/w==?=; boundary*0=x\r\n\r\n--x\r\n",
    ],
)
def test_hostile_message_is_counted_and_that_is_all(raw: bytes) -> None:
    assert reports.take(raw) in {"no_report", "unreadable", "delivered"}


def test_message_that_no_database_takes_keeps_no_other_from_being_read(box: Box) -> None:
    """A character that PostgreSQL refuses: the run would break off there each time, and read nothing behind it."""
    mail = sent()
    box.messages = [report(mail, message_id="<a\x00b@leerpact.example>"), report(mail)]
    assert run() == {"dry_run": False, "unknown_mail": 1, "returned": 1}
    mail.refresh_from_db()
    assert (mail.state, box.seen) == (State.FAILED, {1, 2})


def test_command_reads_the_mailbox_once(box: Box) -> None:
    mail = sent()
    box.messages = [report(mail), b"Subject: hoi\r\n\r\nhoi", report(mail, message_id="<x@y>")]
    assert run("--dry-run") == {"dry_run": True, "returned": 1, "no_report": 1, "unknown_mail": 1}
    mail.refresh_from_db()
    assert (mail.state, box.seen) == (State.SENT, set())
    assert run() == {"dry_run": False, "returned": 1, "no_report": 1, "unknown_mail": 1}
    mail.refresh_from_db()
    assert (mail.state, box.seen) == (State.FAILED, {1, 2, 3})
    assert run() == {"dry_run": False}


def test_huge_message_is_read_as_far_as_it_says_something(box: Box) -> None:
    mail = sent()
    box.messages = [report(mail).replace(b"\r\nkanarie\r\n--grens--", b"\r\n" + b"x" * 3_000_000)]
    assert run()["returned"] == 1
    assert box.given == [reports.MOST_READ]


def test_nothing_is_marked_before_it_is_written(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.messages = [report(sent())]

    def breaks(*_args: Any, **_facts: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(OutgoingMail, "save", breaks)
    with pytest.raises(DatabaseError):
        run()
    assert box.seen == set()


@pytest.mark.parametrize("fault", ["stall", "drop", "no"])
@pytest.mark.parametrize("at", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE"])
def test_mailbox_that_breaks_off_is_told_and_read_again(
    box: Box, at: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    mail = sent()
    box.messages = [report(mail)]
    box.at, box.fault = at, fault
    with pytest.raises(CommandError) as told:
        run()
    assert told.value.returncode == 1
    assert tasks.read_bounces() == 0
    assert "cannot be read" in caplog.text
    assert box.seen == set()
    box.at = ""
    assert sum(run().values()) == 1
    mail.refresh_from_db()
    assert (mail.state, box.seen) == (State.FAILED, {1})


def test_password_stands_in_no_message(box: Box, settings: Any) -> None:
    box.at, box.fault = "LOGIN", "no"
    with pytest.raises(CommandError) as told:
        run()
    assert "geheim" not in str(told.value)


def test_command_without_a_mailbox_says_so(settings: Any) -> None:
    settings.BOUNCE_MAILBOX = ""
    with pytest.raises(CommandError) as told:
        run()
    assert told.value.returncode == 2
    assert tasks.read_bounces() == 0


def test_reports_are_asked_at_their_own_address(settings: Any, smtp: Any) -> None:
    settings.BOUNCE_ADDRESS = "terug@leerpact.example"
    OutgoingMailFactory()
    assert outbox.deliver_due() == 1
    (message,) = smtp.messages
    assert message["From"] == settings.DEFAULT_FROM_EMAIL


def run(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("read_bounces", *options, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer
