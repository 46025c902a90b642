"""What an administrator does with mails that wait or went wrong; each act is on record with who did it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import rules
from accounts.models import Person
from accounts.queries.outgoing import WIPED, wrong
from core import resending
from core.access import ensure
from core.versions import NO_PAGE

MOST_AT_ONCE = 100  # in one press: each has its lock and its row of history


@dataclass(frozen=True)
class Again:
    """How many of one press go again, and whether there are more of them."""

    number: int
    is_more: bool


@transaction.atomic
def send_again(*, mail_id: int, by: int, read: str | None) -> None:
    """Send a failed or held mail after all."""
    _ensure_administrator(by)
    resending.send_again(mail_id=mail_id, by=by, read=read)


@transaction.atomic
def cancel(*, mail_id: int, by: int, read: str | None) -> None:
    """Stop a mail that waits, failed or is held."""
    _ensure_administrator(by)
    resending.cancel(mail_id=mail_id, by=by, read=read)


@transaction.atomic
def restore(*, act_id: int, by: int) -> None:
    """Take back that a mail was stopped."""
    _ensure_administrator(by)
    resending.restore(act_id=act_id, by=by)


@transaction.atomic
def send_all_again(*, state: str, trouble: str, up_to: int, by: int) -> Again:
    """The failed or held mails of one reason that still say something, as far as a page listed them (`up_to` its newest)."""
    _ensure_administrator(by)
    sent = 0
    found = wrong(state, trouble).filter(pk__lte=up_to).exclude(WIPED).values_list("pk", flat=True)
    mails = list(found[: MOST_AT_ONCE + 1])
    for mail_id in mails[:MOST_AT_ONCE]:
        with contextlib.suppress(ValidationError), transaction.atomic():
            resending.send_again(mail_id=mail_id, by=by, read=NO_PAGE)
            sent += 1
    return Again(sent, is_more=len(mails) > MOST_AT_ONCE)


def _ensure_administrator(person_id: int) -> None:
    ensure(rules.can_support(Person.objects.select_related("user").get(pk=person_id)))
