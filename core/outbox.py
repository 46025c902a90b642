"""Deliver queued mail: every row sent, none twice, whatever dies on the way.

A worker *claims* a few rows in a short transaction (a lease), then holds each row's lock while it talks to the mail
server. The lock keeps a second worker off a mail that is being sent, even when the first is stopped for longer than
its lease; the lease gives rows back when a worker dies. One window stays, as in all of SMTP: between the last dot of a
mail and our commit a worker is killed, the line breaks, or the server falls silent or goes away. Whether the mail is
out nobody knows then. What happens is `MAIL_AMBIGUOUS`: "resend" (same Message-ID, a few times at most) or "hold".

A mail that the server chokes on waits ever longer and comes to an end; the others go on over a new connection.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from core.links import absolute_url
from core.models import OutgoingMail, StateChange
from core.parts import NOT_OUT, may_be_out, take_out
from core.post import BrokeOff, InDoubt, Post, Refused, ServerDown
from core.reminding import hours
from core.tokens import digest_of

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=30)
LATE_AFTER = dt.timedelta(minutes=5)  # a worker that lives takes up what is due within half a minute
BATCH = 20
RUN_SECONDS = 40.0
LOOK_BACK = 5.0  # seconds
A_RUN = 500  # mails that one run sends easily before the clock asks again
MOST_HELPERS = 3  # runs beside the one of the clock
BEGINNING = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
SERVER_DOWN = dt.timedelta(seconds=20)
IN_PASSING = 1.0  # seconds for which a row that someone else locks is looked at again
BACK_OFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
GIVE_UP_AFTER = dt.timedelta(days=5)
MOST_BREAKS = 5  # in a row: then it is the server, and not one mail after the other
# Of a mail of which nobody knows whether it is out, as many may be sent; then a person decides.
MOST_COPIES = 3
MOST_ATTEMPTS = 1000  # no mail is taken up more often: workers die of it
# Asked all the time. The ORM would put each together anew: that was a third of what a mail cost its worker.
DUE = """
SELECT id, claimed_by, attempts, due_at FROM core_outgoingmail
WHERE state = 'queued' AND due_at <= %s AND (due_at, id) > (%s, %s) ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
OURS = """
SELECT * FROM core_outgoingmail WHERE id = %s AND claimed_by = %s AND state = 'queued' FOR UPDATE SKIP LOCKED
"""
SENT = """
UPDATE core_outgoingmail SET state = 'sent', sent_at = %s, claimed_by = NULL, last_error = '', trouble = '',
    body = CASE WHEN is_secret THEN '' ELSE body END, link = CASE WHEN is_secret THEN '' ELSE link END
WHERE id = %s
"""


@dataclass
class Reached:
    """How far a run has come, so that it need not pass again by all that went out of the queue since.

    What is due earlier is another worker's, or came late: the run looks for that every few seconds and before it ends.
    """

    due_at: dt.datetime = BEGINNING
    pk: int = 0
    began: float = field(default_factory=time.monotonic)

    def due(self, now: dt.datetime, most: int) -> list[tuple[int, uuid.UUID | None, int]]:
        """What is due and not passed yet, under its lock, the oldest first."""
        if time.monotonic() - self.began > LOOK_BACK:
            self._look_back()
        rows = self._rows(now, most)
        if not rows and self.pk:
            self._look_back()
            rows = self._rows(now, most)
        if rows:
            self.pk, *_facts, self.due_at = rows[-1]
        return [(pk, claimed_by, attempts) for pk, claimed_by, attempts, _due in rows]

    def _rows(self, now: dt.datetime, most: int) -> list[tuple[int, uuid.UUID | None, int, dt.datetime]]:
        with connection.cursor() as cursor:
            cursor.execute(DUE, [now, self.due_at, self.pk, most])
            rows: list[tuple[int, uuid.UUID | None, int, dt.datetime]] = cursor.fetchall()
        return rows

    def _look_back(self) -> None:
        self.due_at, self.pk, self.began = BEGINNING, 0, time.monotonic()


def deliver_due(*, run_seconds: float = RUN_SECONDS) -> int:
    """Send what is due until nothing is left, time is up or the server fails; returns how many were sent."""
    me = uuid.uuid4()
    stop_at = time.monotonic() + run_seconds
    sent = 0
    post, reached = Post(), Reached()
    try:
        while time.monotonic() < stop_at and (claimed := claim(me, reached)):
            sent += _send_all(claimed, me, post, stop_at)
        if time.monotonic() >= stop_at:
            _give_back(me, due_at=timezone.now())
    except ServerDown as error:
        logger.warning("Mail server: %s", error)
        down = {"last_error": "mail server not available", "trouble": OutgoingMail.Trouble.AWAY}
        _give_back(me, due_at=timezone.now() + SERVER_DOWN, **down)
    finally:
        post.close()
    return sent


def helpers_wanted() -> int:
    """How many runs more are needed for what is due, so that it is gone before the clock asks again."""
    return _due()[: A_RUN * MOST_HELPERS].count() // A_RUN


def due_since() -> dt.datetime | None:
    """Since when the oldest mail is due that was not sent; None when none is."""
    return _due().values_list("due_at", flat=True).first()


def late_since() -> dt.datetime | None:
    """The same where it should have gone long ago; None where none should.

    What was refused for now is due later again, so a mail that is overdue says that no worker takes any.
    """
    since = due_since()
    return since if since is not None and since < timezone.now() - LATE_AFTER else None


def _due() -> QuerySet[OutgoingMail]:
    """The oldest first."""
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, due_at__lte=timezone.now())
    return due.order_by("due_at", "pk")


def claim(worker: uuid.UUID, reached: Reached | None = None) -> list[int]:
    """Take a few due rows; until the lease ends nobody else is offered them."""
    now, reached = timezone.now(), reached or Reached()
    holds = settings.MAIL_AMBIGUOUS == "hold"
    if hours.are_quiet(now):
        _leave_until_morning(now)
    with transaction.atomic():
        # With "hold" one at a time, so that a crash leaves doubt about one mail only.
        rows = reached.due(now, 1 if holds else BATCH)
        doubtful = [pk for pk, died, attempts in rows if died and (holds or attempts >= MOST_ATTEMPTS)]
        OutgoingMail.objects.filter(pk__in=doubtful).update(
            state=OutgoingMail.State.HELD,
            claimed_by=None,
            last_error="worker died while sending",
            trouble=OutgoingMail.Trouble.UNSURE,
        )
        taken = [pk for pk, _died, _attempts in rows if pk not in doubtful]
        OutgoingMail.objects.filter(pk__in=taken).update(
            claimed_by=worker, due_at=now + LEASE, attempts=Least(F("attempts") + 1, MOST_ATTEMPTS)
        )
    return taken if taken or not doubtful else claim(worker, reached)


def _leave_until_morning(now: dt.datetime) -> None:
    """What a server that was away kept until it is night waits on: for mails that go by day only."""
    OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED, due_at__lte=now, by_day=True, claimed_by=None
    ).update(due_at=hours.next_morning(now))


@transaction.atomic
def cancel_about(change: StateChange) -> list[OutgoingMail]:
    """Stop the mails that tell of an act that is taken back; returns those already out, one for each recipient.

    It waits for a worker that is just handing one over, so that each is either stopped or known to be out. Of a mail
    that was tried and still waits (the line broke, a worker died) nobody can say: its reader counts as told. What was
    told in a mail with more (`core.gathering`) is taken out of it, or counts as out with it; each such part is returned.
    """
    told_in = set(
        OutgoingMail.objects.filter(about=change, told_in__isnull=False).values_list("told_in", flat=True)
    )
    with_others = Q(pk__in=told_in) | Q(told_in__in=told_in) if told_in else Q()
    mails = (
        OutgoingMail.objects.select_for_update(of=("self",))
        .filter(Q(about=change) | with_others)
        .select_related("person__user")
        .order_by("pk")
    )
    locked = {mail.pk: mail for mail in mails}
    about = [mail for mail in locked.values() if mail.about_id == change.pk]
    parts = [mail for mail in about if mail.state == OutgoingMail.State.TOLD]
    whole = [mail for mail in about if mail.state != OutgoingMail.State.TOLD]
    stopped = [mail.pk for mail in whole if mail.state != OutgoingMail.State.SENT]
    out = {mail.to_email: mail for mail in whole if may_be_out(mail)}
    OutgoingMail.objects.filter(pk__in=stopped).update(state=OutgoingMail.State.CANCELLED, claimed_by=None)
    return [*out.values(), *(take_out(parts, locked) if parts else ())]


# What an administrator stopped can be let go again, unless nothing is left of it.
NEVER_OUT = (*NOT_OUT, OutgoingMail.State.CANCELLED)
STOPPED_FOR_GOOD: dict[str, Any] = {
    "state": OutgoingMail.State.CANCELLED,
    "claimed_by": None,
    "body": "",
    "link": "",
    "calendar": "",
}


@transaction.atomic
def cancel_links(*, person_id: int, digests: Collection[str]) -> None:
    """Stop the mails to someone that are not out and whose link has one of these tokens, known by their digests.

    It waits for a worker that is just handing one over, as `cancel_about` does.
    """
    rows = OutgoingMail.objects.select_for_update(of=("self",)).order_by("pk")
    waiting = rows.filter(person=person_id, is_secret=True, state__in=NEVER_OUT)
    dead = [mail.pk for mail in waiting if any(digest_of(part) in digests for part in mail.link.split("/"))]
    OutgoingMail.objects.filter(pk__in=dead).update(**STOPPED_FOR_GOOD)


@transaction.atomic
def cancel_returned(*, person_id: int, kind: str, email: str) -> None:
    """Be done with mails of a kind that did not reach someone at an address: another one goes in their place.

    What came back after it was sent has no link any more by which `cancel_links` would know it.
    """
    wrong = OutgoingMail.objects.filter(person=person_id, kind=kind, to_email=email, is_secret=True, link="")
    wrong.filter(state=OutgoingMail.State.FAILED).update(state=OutgoingMail.State.CANCELLED)


@transaction.atomic
def cancel_kinds(*, kinds: Collection[str], links: Collection[str]) -> None:
    """Stop the mails of these kinds that are not out and that lead to one of these pages: nothing is to be done there now.

    It waits for a worker that is just handing one over, as `cancel_about` does.
    """
    rows = OutgoingMail.objects.select_for_update(of=("self",)).order_by("pk")
    waiting = rows.filter(kind__in=kinds, link__in=map(absolute_url, links), state__in=NOT_OUT)
    dead = [mail.pk for mail in waiting]
    OutgoingMail.objects.filter(pk__in=dead).update(state=OutgoingMail.State.CANCELLED, claimed_by=None)


@transaction.atomic
def readdress(*, person_id: int, email: str) -> None:
    """What is not out yet for someone goes where that person turned out to be; a link that opens something, nowhere.

    Such a link was of the former address, and whoever made it mails another.
    """
    theirs = OutgoingMail.objects.filter(person=person_id).exclude(to_email=email)
    theirs.filter(state=OutgoingMail.State.TOLD, told_in__state__in=NOT_OUT).update(to_email=email)
    rows = theirs.filter(state__in=NEVER_OUT)
    rows.filter(is_secret=True).update(**STOPPED_FOR_GOOD)
    rows.filter(is_secret=False).update(to_email=email)


def _send_all(claimed: list[int], me: uuid.UUID, post: Post, stop_at: float) -> int:
    """Send what was claimed, the first in any case and the others while there is time: a silent server takes minutes a mail.

    A row that is locked at its turn is looked at again once the others are done.

    Another worker's claim that began before ours ended locks our row too, finds that it is taken, and holds it until that
    claim is written. Passed over for good, the mail would wait for the end of our lease.
    """
    sent = _deliver(claimed[0], me, post)
    sent += sum(_deliver(pk, me, post) for pk in claimed[1:] if time.monotonic() < stop_at)
    stop_at = min(stop_at, time.monotonic() + IN_PASSING)
    ours = OutgoingMail.objects.filter(pk__in=claimed, claimed_by=me, state=OutgoingMail.State.QUEUED)
    while time.monotonic() < stop_at and (
        left := list(ours.order_by("due_at", "pk").values_list("pk", flat=True))
    ):
        time.sleep(0.02)
        sent += sum(_deliver(pk, me, post) for pk in left)
    return sent


def _deliver(pk: int, worker: uuid.UUID, post: Post) -> int:
    """Send one; how many that were. Raises ServerDown when the server breaks off at whatever it is given."""
    sent = _delivered(pk, worker, post)
    if post.breaks >= MOST_BREAKS:
        raise ServerDown("breaks off each time")
    return sent


@transaction.atomic
def _delivered(pk: int, worker: uuid.UUID, post: Post) -> int:
    mail = next(iter(OutgoingMail.objects.raw(OURS, [pk, worker])), None)
    # Someone else's since our lease ran out, or locked: in passing, or its act is being taken back.
    if mail is None:
        return 0
    try:
        post.send(mail)
    except InDoubt as doubt:
        mail.copies += 1
        holds = settings.MAIL_AMBIGUOUS == "hold" or mail.copies >= MOST_COPIES
        mail.trouble = OutgoingMail.Trouble.UNSURE
        _not_sent(mail, str(doubt), instead=OutgoingMail.State.HELD if holds else None)
        return 0
    except BrokeOff as trouble:
        mail.trouble = OutgoingMail.Trouble.NOT_YET
        _not_sent(mail, str(trouble))
        return 0
    except Refused as refusal:
        mail.trouble = refusal.trouble
        _not_sent(mail, str(refusal), instead=OutgoingMail.State.FAILED if refusal.permanent else None)
        return 0
    _mark_sent(pk)
    return 1


def _mark_sent(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SENT, [timezone.now(), pk])


def _not_sent(mail: OutgoingMail, reason: str, *, instead: OutgoingMail.State | None = None) -> None:
    """Keep the reason; try again ever later, for some days, unless it goes to another state `instead`."""
    mail.claimed_by = None
    mail.last_error = reason[:1000]
    if instead is None and timezone.now() - mail.created_at > GIVE_UP_AFTER:
        instead = OutgoingMail.State.HELD if mail.copies else OutgoingMail.State.FAILED
    if instead is None:
        mail.due_at = timezone.now() + BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    else:
        mail.state = instead
        logger.warning("Mail %s is not sent: %s", mail.pk, instead.value)
    mail.save(update_fields=["claimed_by", "last_error", "trouble", "state", "due_at", "copies"])


def _give_back(worker: uuid.UUID, **facts: Any) -> None:
    """What we hold was not tried, and is due again soon, at any worker: the server is down, or our time is over.

    A row that someone else has locked is left to its lease: whoever locks several never waits for us.
    """
    with transaction.atomic():
        OutgoingMail.objects.filter(
            pk__in=list(
                OutgoingMail.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(claimed_by=worker, state=OutgoingMail.State.QUEUED)
                .values_list("pk", flat=True)
            )
        ).update(claimed_by=None, attempts=Greatest(F("attempts") - 1, 0), **facts)
