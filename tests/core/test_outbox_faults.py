"""Each moment of a conversation with a mail server × each thing that can go wrong there: one end state each."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from core import outbox, resending, smtp, tasks
from core.models import OutgoingMail
from core.troubles import of_answer
from tests.core.scripted import Scripted, scripted
from tests.factories.core import OutgoingMailFactory

State, Trouble = OutgoingMail.State, OutgoingMail.Trouble
A_DAY = dt.timedelta(days=1)
ANSWERS = 8  # to greeting, EHLO twice, STARTTLS, AUTH, MAIL, RCPT and DATA, each of which may take its time


@pytest.fixture
def server(settings: Any, socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    monkeypatch.setattr(smtp, "PATIENCE", 0.4)
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 0.3
    with scripted() as running:
        settings.EMAIL_PORT = running.port
        yield running


LATER, NEVER, DOUBT, DOWN = "later", "never", "in doubt", "server down"
ENDS = {
    ("greeting", "421"): DOWN,
    ("greeting", "450"): DOWN,
    ("greeting", "550"): DOWN,
    ("greeting", "stall"): DOWN,
    ("greeting", "reset"): DOWN,
    ("mail", "421"): LATER,
    ("mail", "450"): LATER,
    ("mail", "550"): LATER,  # our address, our configuration
    ("mail", "stall"): LATER,
    ("mail", "reset"): LATER,
    ("rcpt", "421"): LATER,
    ("rcpt", "450"): LATER,
    ("rcpt", "550"): NEVER,
    ("rcpt", "stall"): LATER,
    ("rcpt", "reset"): LATER,
    ("data", "421"): LATER,
    ("data", "450"): LATER,
    ("data", "550"): NEVER,
    ("data", "stall"): LATER,
    ("data", "reset"): LATER,
    ("dot", "421"): DOUBT,
    ("dot", "450"): LATER,
    ("dot", "550"): NEVER,
    ("dot", "stall"): DOUBT,
    ("dot", "reset"): DOUBT,
}


def trouble_of(moment: str, fault: str, end: str) -> str:
    """As administrators and inviters read it."""
    if end == DOUBT:
        return Trouble.UNSURE
    if end == DOWN:
        return Trouble.AWAY
    if fault == "550":
        return Trouble.NO_ADDRESS if moment == "rcpt" else Trouble.REFUSED
    return Trouble.NOT_YET


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("550 5.1.1 <iemand@zorg.example> user unknown", Trouble.NO_ADDRESS),
        ("550 5.2.1 mailbox disabled", Trouble.NO_ADDRESS),
        ("552 5.2.2 over quota", Trouble.FULL),
        ("452 4.2.2 over quota", Trouble.FULL),
        ("552 too much", Trouble.FULL),
        ("554 5.7.1 spam", Trouble.REFUSED),
        ("550 no such user here", Trouble.NO_ADDRESS),
        ("450 4.1.1 greylisted", Trouble.NOT_YET),
        ("451 try later, was 5.1.1", Trouble.NOT_YET),
        ("", Trouble.NOT_YET),
    ],
)
def test_answer_is_one_of_few_reasons(answer: str, trouble: str) -> None:
    assert of_answer(answer, at_address=True) == trouble


@pytest.mark.django_db
@pytest.mark.parametrize("policy", ["resend", "hold"])
@pytest.mark.parametrize(("moment", "fault"), ENDS, ids=[" ".join(one) for one in ENDS])
def test_each_fault_has_one_end(
    server: Scripted, settings: Any, moment: str, fault: str, policy: str
) -> None:
    settings.MAIL_AMBIGUOUS = policy
    mail = OutgoingMailFactory()
    server.moment, server.fault = moment, fault
    now = timezone.now()
    assert outbox.deliver_due() == 0
    mail.refresh_from_db()
    end = ENDS[moment, fault]
    assert mail.claimed_by is None
    assert mail.last_error
    if fault.isdigit() and end != DOWN:
        assert mail.last_error == f"{fault} as told"
    if end == NEVER:
        assert mail.state == State.FAILED
    elif end == DOUBT and policy == "hold":
        assert mail.state == State.HELD
    else:
        assert mail.state == State.QUEUED
        assert mail.due_at >= now + (outbox.SERVER_DOWN if end == DOWN else outbox.BACK_OFF[0])
    assert mail.trouble == trouble_of(moment, fault, end)
    assert (mail.attempts, mail.copies) == (end != DOWN, end == DOUBT)
    assert server.taken == ([mail.message_id] if moment == "dot" else [])


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["421", "stall", "reset"])
def test_copies_of_a_mail_in_doubt_are_few_and_bear_one_id(server: Scripted, fault: str) -> None:
    mail = OutgoingMailFactory()
    server.moment, server.fault = "dot", fault
    for day in range(6):
        with time_machine.travel(timezone.now() + day * dt.timedelta(hours=3), tick=True):
            outbox.deliver_due()
    mail.refresh_from_db()
    assert mail.state == State.HELD
    assert server.taken == [mail.message_id] * outbox.MOST_COPIES
    server.moment = ""
    resending.send_again(mail_id=mail.pk, by=None, read=None)
    outbox.deliver_due()
    assert server.answered == [mail.message_id]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["rcpt", "data", "dot"])
@pytest.mark.parametrize("fault", ["421", "stall", "reset"])
def test_only_the_guilty_mails_wait(server: Scripted, moment: str, fault: str) -> None:
    guilty = OutgoingMailFactory.create_batch(3)
    others = OutgoingMailFactory.create_batch(5)
    server.moment, server.fault, server.at = moment, fault, {mail.to_email for mail in guilty}
    assert outbox.deliver_due() == 5
    assert sorted(server.answered) == sorted(mail.message_id for mail in others)


@pytest.mark.django_db
def test_who_waits_waits_ever_longer_and_comes_to_an_end(server: Scripted) -> None:
    mail = OutgoingMailFactory()
    server.moment, server.fault = "rcpt", "reset"
    waits = []
    now = timezone.now()
    while mail.state == State.QUEUED:
        with time_machine.travel(now, tick=False):
            outbox.deliver_due()
        mail.refresh_from_db()
        waits.append(mail.due_at - now)
        now = mail.due_at
    assert mail.state == State.FAILED
    assert waits[:7] == list(outbox.BACK_OFF)
    assert now - mail.created_at < outbox.GIVE_UP_AFTER + outbox.BACK_OFF[-1] + A_DAY / 24


@pytest.mark.django_db
def test_server_that_breaks_off_at_everything_is_down(server: Scripted) -> None:
    OutgoingMailFactory.create_batch(outbox.MOST_BREAKS + 3)
    server.moment, server.fault = "rcpt", "reset"
    assert outbox.deliver_due() == 0
    tried = OutgoingMail.objects.filter(attempts=1)
    assert tried.count() == outbox.MOST_BREAKS
    assert OutgoingMail.objects.filter(state=State.QUEUED, claimed_by=None, attempts=0).count() == 3


@pytest.mark.django_db
def test_server_that_is_away_for_a_day_counts_for_no_mail(server: Scripted) -> None:
    mail = OutgoingMailFactory()
    server.moment, server.fault = "greeting", "reset"
    for hour in range(24):
        with time_machine.travel(timezone.now() + dt.timedelta(hours=hour), tick=True):
            outbox.deliver_due()
    server.moment = ""
    with time_machine.travel(timezone.now() + A_DAY, tick=True):
        assert outbox.deliver_due() == 1
    mail.refresh_from_db()
    assert mail.attempts == 1


@pytest.mark.django_db
def test_mail_that_was_taken_up_as_often_as_a_counter_holds_stops_no_other(server: Scripted) -> None:
    worn = OutgoingMailFactory(attempts=32_767)
    fine = OutgoingMailFactory()
    assert outbox.deliver_due() == 2
    assert server.answered == [worn.message_id, fine.message_id]


@pytest.mark.django_db
def test_mail_of_which_workers_die_is_held_in_the_end(server: Scripted) -> None:
    mail = OutgoingMailFactory(attempts=outbox.MOST_ATTEMPTS, claimed_by="0" * 31 + "1")
    outbox.deliver_due()
    mail.refresh_from_db()
    assert (mail.state, server.taken) == (State.HELD, [])


@pytest.mark.django_db
def test_server_that_thinks_long_about_a_whole_mail_is_waited_for(
    server: Scripted, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "PATIENCE", 5)
    settings.EMAIL_TIMEOUT = 0.2
    mail = OutgoingMailFactory()
    server.pause = 1
    assert outbox.deliver_due() == 1
    assert server.answered == [mail.message_id]


@pytest.mark.django_db
def test_run_whose_time_is_over_begins_no_other_mail(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silent server costs minutes a mail: one after the other, a run would be ended in the midst of one."""
    mails = OutgoingMailFactory.create_batch(4)
    server.moment, server.fault = "dot", "stall"
    assert outbox.deliver_due(run_seconds=0.2) == 0
    assert server.taken == [mails[0].message_id]
    server.moment = ""
    assert outbox.deliver_due() == 3  # at once, and not when their lease is over
    assert not OutgoingMail.objects.filter(attempts__gt=1).exists()


@pytest.mark.parametrize("task", [tasks.deliver, tasks.sweep_outbox], ids=["deliver", "sweep"])
def test_task_is_not_ended_while_a_silent_server_is_waited_for(task: Any, settings: Any) -> None:
    """Ended then, it would forget that there is doubt, and send the mail again without an end."""
    longest = outbox.RUN_SECONDS + ANSWERS * settings.EMAIL_TIMEOUT + smtp.PATIENCE
    assert (task.soft_time_limit or settings.CELERY_TASK_SOFT_TIME_LIMIT) > longest
    assert (task.time_limit or settings.CELERY_TASK_TIME_LIMIT) > longest
