"""How the mails stand, for administrators: what waits, what went wrong and why, what was stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core import limits, outbox
from core.models import OutgoingMail, StateChange
from core.written import written

State = OutgoingMail.State
WRONG = (State.FAILED, State.HELD)
MOST_COUNTED = 10_000
A_DAY = dt.timedelta(days=1)
# Never the text, the subject, the link or the address.
SHOWN = (
    "kind", "state", "trouble", "created_at", "due_at", "attempts", "last_error", "by_day", "claimed_by"
)  # fmt: skip
WIPED = Q(body="")


@dataclass(frozen=True)
class Waiting:
    """What waits: how many, since when the oldest is due, and how many of them wait for the morning."""

    number: int
    is_capped: bool
    due_since: dt.datetime | None
    for_morning: int


def waiting() -> QuerySet[OutgoingMail]:
    """What is queued, what is due first first."""
    return OutgoingMail.objects.filter(state=State.QUEUED).only(*SHOWN).order_by("due_at", "pk")


def wrong(state: str = "", trouble: str = "") -> QuerySet[OutgoingMail]:
    """What failed or is held, or one of the two, or of one reason; the newest first."""
    found = OutgoingMail.objects.filter(state__in=[state] if state in WRONG else WRONG)
    if trouble:
        found = found.filter(trouble=trouble)
    return _shown(found).order_by("-pk")


def _shown(mails: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
    return mails.only(*SHOWN).annotate(is_gone=WIPED)


def wrong_by_key(*, keys: list[int]) -> list[OutgoingMail]:
    """Those of a page."""
    return list(_shown(OutgoingMail.objects.filter(pk__in=keys)))


@written
def wrong_keys(state: str, trouble: str) -> QuerySet[OutgoingMail, int]:
    """The keys of those, as many as are counted and one more: a kept plan must know that they are few."""
    return wrong(state, trouble).values_list("pk", flat=True)[: limits.MOST_COUNTED + 1]


def how_it_waits() -> Waiting:
    """Counted up to a limit: a queue of a bad day is long."""
    now = timezone.now()
    queued = OutgoingMail.objects.filter(state=State.QUEUED)
    number = queued[: MOST_COUNTED + 1].count()
    later = queued.filter(due_at__gt=now, by_day=True, attempts=0)
    return Waiting(
        number=min(number, MOST_COUNTED),
        is_capped=number > MOST_COUNTED,
        due_since=outbox.due_since(),
        for_morning=later[:MOST_COUNTED].count(),
    )


def by_reason() -> list[tuple[str, str, int]]:
    """How many failed or are held, by state and reason; the most frequent first."""
    rows = OutgoingMail.objects.filter(state__in=WRONG).values_list("state", "trouble")
    return list(rows.annotate(number=Count("pk")).order_by("state", "-number", "trouble"))


def mails_of(acts: Iterable[StateChange]) -> dict[str, OutgoingMail]:
    """Of which mails these acts tell, by how an act names one."""
    found = OutgoingMail.objects.only(*SHOWN).in_bulk([int(act.object_id) for act in acts])
    return {str(key): mail for key, mail in found.items()}


def stopped_today() -> QuerySet[StateChange]:
    """Which mails administrators stopped in the last day and not let go again; the newest first."""
    stops = StateChange.objects.filter(model=OutgoingMail._meta.label_lower, action=OutgoingMail.CANCEL)
    late = stops.filter(at__gte=timezone.now() - A_DAY, undone_by__isnull=True)
    return late.select_related("by").order_by("-pk")
