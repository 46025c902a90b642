"""Delivery: each end state once, over a real SMTP connection."""

import datetime as dt
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils import timezone

from core import outbox, resending
from core.models import OutgoingMail
from tests.factories.core import OutgoingMailFactory
from tests.helpers import side_by_side

State = OutgoingMail.State


@pytest.mark.django_db
def test_due_mail_is_sent_with_its_headers(smtp):
    mail = OutgoingMailFactory(reply_to="school@voorbeeld.test", list_unsubscribe="https://x.test/af")
    assert outbox.deliver_due() == 1
    mail.refresh_from_db()
    (message,) = smtp.messages
    assert (mail.state, mail.claimed_by, mail.attempts) == (State.SENT, None, 1)
    assert message["Message-ID"] == mail.message_id
    assert message["To"] == mail.to_email
    assert message["Reply-To"] == "school@voorbeeld.test"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://x.test/af>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"]
    assert message.get_content_type() == "text/plain"
    assert outbox.deliver_due() == 0


@pytest.mark.django_db
def test_an_entry_for_the_agenda_goes_along_as_a_part_of_its_own(smtp):
    """Mail programs offer to put it in the agenda when the part says what it does, in the header too (RFC 6047)."""
    calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nEND:VCALENDAR\n"
    mail = OutgoingMailFactory(body="Kom je?", calendar=calendar)
    assert outbox.deliver_due() == 1
    (message,) = smtp.messages
    text, entry = message.get_payload()
    assert message.get_content_type() == "multipart/alternative"
    assert text.get_payload(decode=True).decode().strip() == mail.body
    assert (entry.get_content_type(), entry.get_param("method")) == ("text/calendar", "REQUEST")
    assert entry.get_payload(decode=True).decode().splitlines() == calendar.splitlines()


@pytest.mark.django_db
def test_mail_that_is_not_due_waits(smtp):
    OutgoingMailFactory(due_at=timezone.now() + dt.timedelta(minutes=1))
    assert (outbox.deliver_due(), smtp.messages) == (0, [])


@pytest.mark.django_db
def test_mail_that_goes_by_day_only_waits_for_the_morning_and_holds_up_no_other(smtp):
    with time_machine.travel("2026-11-26 22:40+01:00", tick=False) as clock:
        reminder, other = OutgoingMailFactory(by_day=True), OutgoingMailFactory()
        assert outbox.deliver_due() == 1
        assert smtp.ids == [other.message_id]
        for early in ("2026-11-27 00:10+01:00", "2026-11-27 06:59+01:00"):
            clock.move_to(dt.datetime.fromisoformat(early))
            assert outbox.deliver_due() == 0
        clock.move_to(dt.datetime.fromisoformat("2026-11-27 07:00+01:00"))
        assert outbox.deliver_due() == 1
    assert smtp.ids == [other.message_id, reminder.message_id]


@pytest.mark.django_db
def test_secret_mail_is_wiped_once_sent(smtp):
    mail = OutgoingMailFactory(is_secret=True, body="https://x.test/geheim", link="https://x.test/geheim")
    outbox.deliver_due()
    mail.refresh_from_db()
    assert (mail.body, mail.link) == ("", "")
    assert "geheim" in smtp.messages[0].get_payload()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rcpt", "data", "state", "error"),
    [
        ("550 no such person", "250 OK", State.FAILED, "550 no such person"),
        ("451 try later", "250 OK", State.QUEUED, "451 try later"),
        ("421 closing", "250 OK", State.QUEUED, "421 closing"),
        ("250 OK", "554 refused", State.FAILED, "554 refused"),
        ("250 OK", "450 busy", State.QUEUED, "450 busy"),
    ],
)
def test_answer_of_the_server_decides_the_end_state(smtp, rcpt, data, state, error):
    mail = OutgoingMailFactory()
    other = OutgoingMailFactory()
    smtp.rcpt[mail.to_email], smtp.data = rcpt, data
    outbox.deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.claimed_by) == (state, error, None)
    if state == State.QUEUED:
        assert mail.due_at > timezone.now()
    if data == "250 OK":
        other.refresh_from_db()
        assert other.state == State.SENT


@pytest.mark.django_db
def test_refused_mail_is_tried_again_with_the_same_id_then_given_up(smtp):
    mail = OutgoingMailFactory()
    smtp.rcpt[mail.to_email] = "451 try later"
    outbox.deliver_due()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2), tick=True):
        smtp.rcpt.clear()
        assert outbox.deliver_due() == 1
    assert smtp.ids == [mail.message_id]
    late = OutgoingMailFactory(created_at=timezone.now() - dt.timedelta(days=6))
    smtp.rcpt[late.to_email] = "451 try later"
    outbox.deliver_due()
    late.refresh_from_db()
    assert late.state == State.FAILED


@pytest.mark.django_db
def test_server_down_keeps_everything_for_soon(settings, smtp):
    mails = OutgoingMailFactory.create_batch(3)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert outbox.deliver_due() == 0
    assert OutgoingMail.objects.filter(state=State.QUEUED, claimed_by=None).count() == 3
    settings.EMAIL_PORT = port
    with time_machine.travel(timezone.now() + outbox.SERVER_DOWN, tick=True):
        assert outbox.deliver_due() == 3
    assert sorted(smtp.ids) == sorted(mail.message_id for mail in mails)


@pytest.mark.django_db
def test_line_broken_after_the_server_took_it_repeats_the_same_id(smtp):
    mail = OutgoingMailFactory()
    smtp.drop = True
    assert outbox.deliver_due() == 0
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    smtp.drop = False
    with time_machine.travel(timezone.now() + outbox.BACK_OFF[0], tick=True):
        outbox.deliver_due()
    assert smtp.ids == [mail.message_id, mail.message_id]


@pytest.mark.django_db
def test_mail_the_server_chokes_on_does_not_hold_up_the_rest(smtp):
    first, second = OutgoingMailFactory.create_batch(2)
    smtp.rcpt[first.to_email] = "421 choked"
    outbox.deliver_due()
    with time_machine.travel(timezone.now() + outbox.SERVER_DOWN, tick=True):
        outbox.deliver_due()
    assert smtp.ids == [second.message_id]


@pytest.mark.django_db
def test_dead_worker_loses_its_mail_to_the_next(smtp):
    mail = OutgoingMailFactory()
    assert outbox.claim(uuid.uuid4()) == [mail.pk]
    assert outbox.deliver_due() == 0
    with time_machine.travel(timezone.now() + outbox.LEASE, tick=True):
        assert outbox.deliver_due() == 1
    assert smtp.ids == [mail.message_id]


@pytest.mark.django_db
def test_hold_policy_puts_doubtful_mail_aside_until_someone_decides(settings, smtp):
    settings.MAIL_AMBIGUOUS = "hold"
    doubtful, fine = OutgoingMailFactory.create_batch(2)
    assert outbox.claim(uuid.uuid4()) == [doubtful.pk]
    with time_machine.travel(timezone.now() + outbox.LEASE, tick=True):
        assert outbox.deliver_due() == 1
    doubtful.refresh_from_db()
    assert (doubtful.state, smtp.ids) == (State.HELD, [fine.message_id])
    resending.send_again(mail_id=doubtful.pk, by=None, read=None)
    assert outbox.deliver_due() == 1
    with pytest.raises(ValidationError):
        resending.send_again(mail_id=doubtful.pk, by=None, read=None)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_mail_once(smtp):
    mails = OutgoingMailFactory.create_batch(60)
    smtp.pause = 0.002
    assert sum(side_by_side(*[outbox.deliver_due] * 4)) == 60
    assert sorted(smtp.ids) == sorted(mail.message_id for mail in mails)


@pytest.mark.django_db
def test_run_does_not_pass_again_by_what_went_and_still_takes_what_came_late(smtp, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 1)
    ago = timezone.now() - dt.timedelta(minutes=1)
    first, second = (OutgoingMailFactory(due_at=ago) for _turn in range(2))
    claim, late = outbox.claim, []

    def claim_and_commit(worker: uuid.UUID, reached: outbox.Reached) -> list[int]:
        """A mail of a transaction that took long is seen only now."""
        taken = claim(worker, reached)
        if not late:
            late.append(OutgoingMailFactory(due_at=ago - dt.timedelta(minutes=1)))
        return taken

    monkeypatch.setattr(outbox, "claim", claim_and_commit)
    assert outbox.deliver_due() == 3
    assert smtp.ids == [first.message_id, second.message_id, late[0].message_id]


@contextmanager
def locked_after_claim(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    """Whatever a worker claims first is locked for so long by someone else, as by a claim at the same moment."""
    claim = outbox.claim

    def hold(pk: int, holds: threading.Event) -> None:
        with transaction.atomic():
            OutgoingMail.objects.select_for_update().get(pk=pk)
            holds.set()
            time.sleep(seconds)
        connections.close_all()

    def claim_and_lose(worker: uuid.UUID, reached: outbox.Reached) -> list[int]:
        monkeypatch.setattr(outbox, "claim", claim)
        taken = claim(worker, reached)
        holds = threading.Event()
        threads.append(threading.Thread(target=hold, args=(taken[0], holds)))
        threads[0].start()
        assert holds.wait(10)
        return taken

    threads: list[threading.Thread] = []
    monkeypatch.setattr(outbox, "claim", claim_and_lose)
    yield
    threads[0].join()


@pytest.mark.django_db(transaction=True)
def test_mail_locked_in_passing_goes_out_in_the_same_run(smtp, monkeypatch):
    """A claim that begins before another is written locks the other's rows too, until it is written itself."""
    first, second = OutgoingMailFactory.create_batch(2)
    with locked_after_claim(monkeypatch, 0.3):
        assert outbox.deliver_due() == 2
    assert smtp.ids == [second.message_id, first.message_id]


@pytest.mark.django_db(transaction=True)
def test_lock_that_stays_holds_up_no_other_mail(smtp, monkeypatch):
    monkeypatch.setattr(outbox, "IN_PASSING", 0.1)
    first, second = OutgoingMailFactory.create_batch(2)
    with locked_after_claim(monkeypatch, 1):
        assert outbox.deliver_due() == 1
    assert smtp.ids == [second.message_id]
    with time_machine.travel(timezone.now() + outbox.LEASE, tick=True):
        assert outbox.deliver_due() == 1
    assert smtp.ids == [second.message_id, first.message_id]


@pytest.mark.django_db(transaction=True)
def test_stopped_worker_keeps_its_mail_even_past_its_lease(smtp):
    """A worker that is paused in mid-send still holds the row's lock: nobody sends behind its back."""
    mail = OutgoingMailFactory()
    outbox.claim(uuid.uuid4())
    with transaction.atomic():
        OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        with time_machine.travel(timezone.now() + outbox.LEASE, tick=True):
            assert side_by_side(*[outbox.deliver_due] * 2) == [0, 0]
    assert smtp.messages == []
