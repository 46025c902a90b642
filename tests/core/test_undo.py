"""Taking an act back: the last one, once, within its days, with the mails about it."""

import datetime as dt
import time
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import outbox, resending, states
from core.models import OutgoingMail, SentReminder, StateChange
from core.states import IllegalTransition, advance, caused, last_act, permits_undo, take_back
from tests.factories.accounts import PersonFactory
from tests.factories.core import OutgoingMailFactory, StateChangeFactory
from tests.helpers import side_by_side
from tools.local.processes import wait_until

S = OutgoingMail.State
DAYS = 14


@pytest.fixture
def kind(monkeypatch):
    """Any model with a state will do."""
    table = {
        "hold": ({S.QUEUED}, S.HELD),
        "fail": ({S.QUEUED, S.HELD}, S.FAILED),
        "touch": ({S.QUEUED}, S.QUEUED),
        "cancel": ({S.FAILED}, S.CANCELLED),
        "send_again": ({S.FAILED, S.HELD}, S.QUEUED),
    }
    monkeypatch.setattr(OutgoingMail, "TRANSITIONS", table, raising=False)
    monkeypatch.setattr(OutgoingMail, "UNDO", {"hold": DAYS, "fail": 1, "touch": DAYS}, raising=False)


@pytest.fixture
def thing(db, kind):
    return OutgoingMailFactory()


def refused(thing, act, **more):
    """Why taking it back is refused; nothing has then changed."""
    before = (OutgoingMail.objects.get(pk=thing.pk).state, StateChange.objects.count())
    with pytest.raises(IllegalTransition) as caught:
        take_back(thing, act, by=None, **more)
    assert before == (OutgoingMail.objects.get(pk=thing.pk).state, StateChange.objects.count())
    return caught.value.messages[0]


def test_advance_keeps_cause_and_subject(thing):
    cause = StateChangeFactory()
    subject = PersonFactory().public_id
    change = advance(thing, "hold", by=None, cause=cause, subject=subject)
    change.refresh_from_db()
    assert (change.cause, change.subject, change.undoes) == (cause, subject, None)


def test_act_is_taken_back_with_the_values_that_were_tied_to_it(thing):
    teacher = PersonFactory()
    subject = teacher.public_id
    act = advance(thing, "hold", by=None, subject=subject, last_error="bezet")
    taken = take_back(thing, act, by=teacher.pk, reason=" vergissing ", last_error="")
    stored = OutgoingMail.objects.get()
    assert (thing.state, stored.state, stored.last_error) == (S.QUEUED, S.QUEUED, "")
    change = StateChange.objects.get(undoes=act)
    assert taken.change == change
    assert (change.action, change.from_state, change.to_state) == ("undo", S.HELD, S.QUEUED)
    assert (change.by, change.reason, change.subject) == (teacher, "vergissing", subject)


def test_act_is_taken_back_once(thing):
    act = advance(thing, "hold", by=None)
    take_back(thing, act, by=None)
    assert refused(thing, act) == "Dit is al teruggedraaid."


def test_undo_itself_is_not_taken_back(thing):
    taken = take_back(thing, advance(thing, "hold", by=None), by=None)
    assert last_act(thing) is None
    assert "iets anders" in refused(thing, taken.change)


def test_act_that_was_followed_by_another_stands_until_that_is_taken_back(thing):
    first = advance(thing, "hold", by=None)
    second = advance(thing, "fail", by=None)
    assert "daarna iets anders gebeurd" in refused(thing, first)
    take_back(thing, second, by=None)
    assert last_act(thing) == first
    take_back(thing, first, by=None)
    assert thing.state == S.QUEUED


def test_act_done_again_after_an_undo_can_be_taken_back_again(thing):
    take_back(thing, advance(thing, "hold", by=None), by=None)
    again = advance(thing, "hold", by=None)
    take_back(thing, again, by=None)
    assert (thing.state, StateChange.objects.filter(undoes__isnull=False).count()) == (S.QUEUED, 2)


def test_action_without_days_is_not_taken_back(thing):
    advance(thing, "fail", by=None)
    act = advance(thing, "cancel", by=None)
    assert refused(thing, act) == "Hier is nu niets wat je kunt terugdraaien."


def test_act_of_another_row_is_not_found(thing):
    with pytest.raises(StateChange.DoesNotExist):
        take_back(thing, StateChangeFactory(), by=None)


NIGHT = dt.timedelta(minutes=31)


@pytest.mark.parametrize(
    ("action", "later", "allowed"),
    [
        ("hold", dt.timedelta(), True),
        ("hold", dt.timedelta(DAYS), True),
        ("hold", dt.timedelta(DAYS) + NIGHT, False),
        ("fail", dt.timedelta(1), True),
        ("fail", dt.timedelta(1) + NIGHT, False),
    ],
)
def test_window_counts_whole_days_in_the_netherlands(kind, db, action, later, allowed):
    # Half past eleven at night here, half past ten in UTC: after midnight here a day more has passed.
    done = dt.datetime(2026, 3, 2, 22, 30, tzinfo=dt.UTC)
    with time_machine.travel(done, tick=False) as clock:
        thing = OutgoingMailFactory()
        act = advance(thing, action, by=None)
        clock.move_to(done + later)
        assert bool(permits_undo(thing, last_act(thing))) is allowed
        if allowed:
            take_back(thing, act, by=None)
        else:
            days = OutgoingMail.UNDO[action]
            assert refused(thing, act).startswith(f"Dit kon je {days} {'dag' if days == 1 else 'dagen'} lang")


def test_window_may_count_from_a_day_that_the_act_names(thing):
    act = advance(thing, "hold", by=None)
    today = timezone.localdate()
    assert "14 dagen" in refused(thing, act, since=today - dt.timedelta(days=DAYS + 1))
    assert permits_undo(thing, act, since=today - dt.timedelta(days=DAYS))
    with time_machine.travel(timezone.now() + dt.timedelta(days=30), tick=False):
        take_back(thing, act, by=None, since=today + dt.timedelta(days=20))


def test_verdict_without_an_act_or_on_another_state_is_no(thing):
    assert not permits_undo(thing, None)
    act = advance(thing, "hold", by=None)
    thing.state = S.QUEUED
    assert not permits_undo(thing, act)


def test_what_came_along_is_found_and_brought_back(thing):
    other, third = OutgoingMailFactory.create_batch(2)
    act = advance(thing, "hold", by=None)
    along = advance(other, "fail", by=None, cause=act)
    advance(third, "fail", by=None)
    of_another_kind = StateChangeFactory(cause=act)
    assert list(caused(act)) == [of_another_kind, along]
    assert list(caused(act, OutgoingMail)) == [along]
    assert list(caused(act, SentReminder)) == []
    undo = take_back(thing, act, by=None).change
    take_back(other, along, by=None, cause=undo)
    assert list(caused(act, OutgoingMail)) == []
    assert StateChange.objects.get(undoes=along).cause == undo


def test_database_keeps_one_undo_an_act_and_refuses_what_points_ahead(db):
    act = StateChangeFactory()
    StateChangeFactory(undoes=act)
    with pytest.raises(IntegrityError), transaction.atomic():
        StateChangeFactory(undoes=act)
    for field in ("cause_id", "undoes_id"):
        with pytest.raises(IntegrityError, match="points_back"), transaction.atomic():
            StateChangeFactory(**{field: act.pk + 1000})


@pytest.mark.django_db(transaction=True)
def test_two_who_take_back_at_the_same_moment(kind):
    """Also when the act left the state as it was, so that the state cannot tell them apart."""
    thing = OutgoingMailFactory()
    act = advance(thing, "touch", by=None)
    rows = [OutgoingMail.objects.get(pk=thing.pk) for _turn in range(4)]
    results = side_by_side(
        *(lambda row=row: take_back(row, act, by=None) for row in rows), refusal=IllegalTransition
    )
    assert [type(result) for result in results].count(states.TakenBack) == 1
    assert StateChange.objects.filter(undoes=act).count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo_and_a_next_act_at_the_same_moment(kind):
    """Either comes first: the other is refused, or builds on it."""
    thing = OutgoingMailFactory()
    act = advance(thing, "hold", by=None)
    mine, theirs = (OutgoingMail.objects.get(pk=thing.pk) for _turn in range(2))
    side_by_side(
        lambda: take_back(mine, act, by=None),
        lambda: advance(theirs, "fail", by=None),
        refusal=IllegalTransition,
    )
    path = [(row.from_state, row.to_state) for row in states.history(thing)]
    assert path[0] == (S.QUEUED, S.HELD)
    assert path[1:] in ([(S.HELD, S.QUEUED)], [(S.HELD, S.FAILED)])
    assert OutgoingMail.objects.get(pk=thing.pk).state == path[-1][1]


# The mails about it


@pytest.mark.parametrize(
    ("state", "attempts", "becomes", "is_told"),
    [
        (S.QUEUED, 0, S.CANCELLED, False),
        (S.QUEUED, 1, S.CANCELLED, True),  # the line broke, or a worker died: perhaps it arrived
        (S.HELD, 1, S.CANCELLED, True),
        (S.FAILED, 3, S.CANCELLED, False),
        (S.CANCELLED, 1, S.CANCELLED, False),
        (S.SENT, 1, S.SENT, True),
    ],
)
def test_mail_about_it_is_stopped_or_its_reader_is_named(thing, state, attempts, becomes, is_told):
    act = advance(thing, "hold", by=None)
    sent_at = timezone.now() if state == S.SENT else None
    mail = OutgoingMailFactory(about=act, state=state, attempts=attempts, sent_at=sent_at)
    other = OutgoingMailFactory(about=StateChangeFactory())
    taken = take_back(thing, act, by=None)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, taken.mailed == [mail]) == (becomes, is_told)
    assert other.state == S.QUEUED
    with pytest.raises(ValidationError):
        resending.send_again(mail_id=mail.pk, by=None, read=None)


def test_who_was_mailed_twice_is_named_once(thing):
    act = advance(thing, "hold", by=None)
    sent = {"about": act, "state": S.SENT, "sent_at": timezone.now()}
    OutgoingMailFactory(to_email="a@voorbeeld.test", **sent)
    second = OutgoingMailFactory(to_email="a@voorbeeld.test", **sent)
    third = OutgoingMailFactory(person=PersonFactory(), **sent)
    assert outbox.cancel_about(act) == [second, third]


def test_stopping_many_mails_costs_as_many_queries_as_one(thing, django_assert_num_queries):
    act = advance(thing, "hold", by=None)
    for number in (1, 3):
        for _turn in range(number):
            OutgoingMailFactory(about=act, person=PersonFactory(), attempts=1)
        with django_assert_num_queries(
            5
        ):  # a savepoint, what is told with more, read, write, the savepoint's end
            assert all(mail.person.address for mail in outbox.cancel_about(act))


def test_cancelled_mail_is_not_sent(thing, smtp):
    act = advance(thing, "hold", by=None)
    OutgoingMailFactory(about=act)
    outbox.cancel_about(act)
    assert (outbox.deliver_due(), smtp.messages) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_mail_that_a_worker_is_handing_over_counts_as_sent(smtp):
    """Whoever takes the act back waits for the worker, and then knows; the rest of what it claimed is stopped."""
    act = StateChangeFactory()
    OutgoingMailFactory.create_batch(5, about=act)
    smtp.pause = 0.3

    def cancel():
        wait_until(lambda: smtp.messages, 10)
        time.sleep(0.1)  # the worker is now handing over the next
        return outbox.cancel_about(act)

    sent, mailed = side_by_side(outbox.deliver_due, cancel)
    by_state = dict(OutgoingMail.objects.values_list("message_id", "state"))
    assert sorted(smtp.ids) == sorted(key for key, state in by_state.items() if state == S.SENT)
    assert len(smtp.ids) == sent >= 2  # how many more depends on how busy the machine is
    assert list(by_state.values()).count(S.CANCELLED) == 5 - sent
    assert {mail.message_id for mail in mailed} >= set(smtp.ids)


@pytest.mark.django_db(transaction=True)
def test_worker_whose_server_is_away_never_waits_for_an_undo():
    """Both lock several mails: were they to wait for each other, one would be broken off."""
    worker = uuid.uuid4()
    mails = OutgoingMailFactory.create_batch(2)
    outbox.claim(worker)

    def give_back():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        outbox._give_back(worker)

    with transaction.atomic():
        OutgoingMail.objects.select_for_update().get(pk=mails[0].pk)
        side_by_side(give_back)
    claimed_by = OutgoingMail.objects.order_by("pk").values_list("claimed_by", flat=True)
    assert list(claimed_by) == [worker, None]
