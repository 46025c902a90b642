"""Counts of what may be tried a few times only, kept in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries of `action` by one key, `within` a time that begins with the first."""

    action: str
    most: int
    within: dt.timedelta


FIVE_MINUTES = dt.timedelta(minutes=5)
# A whole school comes in from one network, so what is counted by network is wide and what is counted by account narrow.
SIGN_INS = Limit("sign_in", 600, dt.timedelta(minutes=1))  # by network
WRONG_FROM_NETWORK = Limit("wrong_from_network", 400, FIVE_MINUTES)
WRONG_PASSWORDS = Limit("wrong_password", 5, FIVE_MINUTES)  # by account, or by a browser known to it
WRONG_CODES = Limit("wrong_code", 5, FIVE_MINUTES)  # of the second step, by account
USED_CODES = Limit("used_code", 1, dt.timedelta(minutes=2))  # by account and code: longer than a code lasts
RESETS_FROM_NETWORK = Limit("reset_from_network", 100, dt.timedelta(minutes=1))
RESETS = Limit("reset", 5, dt.timedelta(hours=1))  # by e-mail address: each is a mail
LISTS = Limit("list", 100, dt.timedelta(days=1))  # by person: each is a file to read, and up to 100,000 rows
VERIFIED = Limit("verified", 60, FIVE_MINUTES)  # by network: each is a file to read
CONFIRMATIONS = Limit("confirmation", 1, dt.timedelta(minutes=3))  # by e-mail address: each is a mail


@transaction.atomic
def take(*, limit: Limit, key: str, refused: Callable[[], None] | None = None) -> bool:
    """Count one try; False when the limit was reached before. Tries of one moment are counted one after the other.

    `refused` is called for the first try that is refused, and for none of those after it.
    """
    tries = Throttle.objects.count_one(
        action=limit.action, key=_hidden(limit, key), most=limit.most, within=limit.within
    )
    if tries == limit.most + 1 and refused is not None:
        refused()
    return tries is not None and tries <= limit.most


@transaction.atomic
def is_any_reached(*, limits: Iterable[tuple[Limit, str]]) -> bool:
    """Whether one of these was reached; counts nothing. One query."""
    most = {(limit.action, _hidden(limit, key)): limit.most for limit, key in limits}
    counts = Throttle.objects.standing(most.keys()) if most else []
    return any(tries >= most[action, key] for action, key, tries in counts)


@transaction.atomic
def add(*, counts: Mapping[tuple[Limit, str], int]) -> None:
    """Count several tries at once, which are done already."""
    Throttle.objects.count_many(
        (limit.action, _hidden(limit, key), number, limit.within) for (limit, key), number in counts.items()
    )


@transaction.atomic
def give_back(*, limit: Limit, key: str) -> None:
    """The try was no fault after all."""
    Throttle.objects.filter(action=limit.action, key=_hidden(limit, key), tries__gt=0).update(
        tries=F("tries") - 1
    )


@transaction.atomic
def clear(*, limit: Limit, key: str) -> None:
    """Forget all tries."""
    Throttle.objects.filter(action=limit.action, key=_hidden(limit, key)).delete()


@transaction.atomic
def forget_over() -> int:
    """Delete the counts whose time is over; gives their number."""
    return Throttle.objects.over().delete()[0]


def _hidden(limit: Limit, key: str) -> str:
    return salted_hmac("accounts.throttle", f"{limit.action} {key}", algorithm="sha256").hexdigest()
