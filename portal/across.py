"""All partnerships that someone coordinates on one page: what waits where, for how long, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, Min, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.written import written
from meetings.enums import NeedState
from meetings.models import Action, Meeting, Need
from partnerships.actors import Actor, OwnPartnership
from partnerships.enums import SignUpState
from partnerships.models import InitiativeProposal, JoinRequest, SignUp
from placements.models import Match
from ui.languages import dutch
from ui.sheets import Column, Sheet

SIGN_UPS, JOINING, PROPOSED, MATCHES, LATE, NEEDS, UNHELD = (
    "sign_ups",
    "joining",
    "proposed",
    "matches",
    "late",
    "needs",
    "unheld",
)
KINDS: dict[str, Promise] = {
    SIGN_UPS: _("Sign-ups"),
    JOINING: _("Requests to take part"),
    PROPOSED: _("Proposed initiatives"),
    MATCHES: _("Proposals without an answer"),
    LATE: _("Actions late"),
    NEEDS: _("Needs"),
    UNHELD: _("Reports"),
}


@dataclass(frozen=True)
class Waiting:
    """How many things of a kind wait, and since when the oldest does."""

    count: int
    since: date | None

    @property
    def days(self) -> int:
        """For how many days the oldest waits."""
        return (today() - self.since).days if self.since else 0


NOTHING = Waiting(0, None)


@dataclass(frozen=True)
class Row:
    """One partnership with what waits there by kind, in the order of `KINDS`, and its next meeting."""

    partnership: OwnPartnership
    url: str
    waiting: dict[str, Waiting] = field(default_factory=dict)
    meets_on: date | None = None

    @property
    def kinds(self) -> list[tuple[Promise, Waiting]]:
        """Every kind with its name, also where nothing waits."""
        return [(word, self.waiting.get(kind, NOTHING)) for kind, word in KINDS.items()]

    @property
    def count(self) -> int:
        """How many things wait in all."""
        return sum(one.count for one in self.waiting.values())

    @property
    def oldest(self) -> int:
        """For how many days the oldest of them waits."""
        return max((one.days for one in self.waiting.values()), default=0)


def rows_of(actor: Actor) -> list[Row]:
    """A row for each partnership that the actor coordinates, the longest waiting first; two queries in all."""
    keys = [own.partnership_id for own in actor.coordinated]
    if not keys:
        return []
    found: dict[int, dict[str, Waiting]] = {}
    for kind, partnership, count, since in _waiting(partnerships=keys):
        found.setdefault(partnership, {})[kind] = Waiting(count, since)
    meets: dict[int, date] = dict(_meeting_next(partnerships=keys))
    rows = [
        Row(
            own,
            reverse("coordinator-start", args=[own.slug]),
            found.get(own.partnership_id, {}),
            meets.get(own.partnership_id),
        )
        for own in actor.coordinated
    ]
    return sorted(rows, key=lambda row: (-row.oldest, -row.count, row.partnership.name))


@written
def _waiting(*, partnerships: Collection[int]) -> QuerySet[Any, Any]:
    """Kind, partnership, how many, and the first day; of all kinds in one query."""
    of_calls = SignUp.objects.confirmed().filter(
        call__partnership__in=partnerships, state=SignUpState.INTEREST
    )
    joining = JoinRequest.objects.open().filter(partnership__in=partnerships, kind="asked")
    proposed = InitiativeProposal.objects.open().filter(partnership__in=partnerships)
    matches = Match.objects.open().filter(slot__partnership__in=partnerships)
    late = Action.objects.late().filter(partnership__in=partnerships)
    needs = Need.objects.filter(partnership__in=partnerships, state=NeedState.OPEN)
    unheld = Meeting.objects.never_held().filter(partnership__in=partnerships)
    parts = [
        _counted(SIGN_UPS, of_calls, "call__partnership", TruncDate("confirmed_at")),
        _counted(JOINING, joining, "partnership", TruncDate("asked_at")),
        _counted(PROPOSED, proposed, "partnership", TruncDate("proposed_at")),
        _counted(MATCHES, matches, "slot__partnership", TruncDate("proposed_at")),
        _counted(LATE, late, "partnership", Cast("due_on", DateField())),
        _counted(NEEDS, needs, "partnership", Cast("day", DateField())),
        _counted(UNHELD, unheld, "partnership", TruncDate("starts_at")),
    ]
    return parts[0].union(*parts[1:], all=True)


def _counted(kind: str, rows: QuerySet[Any], partnership: str, day: Any) -> QuerySet[Any, Any]:
    named = Value(kind, output_field=CharField())
    return rows.order_by().values_list(named, partnership).annotate(number=Count("pk"), since=Min(day))


@written
def _meeting_next(*, partnerships: Collection[int]) -> QuerySet[Any, Any]:
    coming = (
        Meeting.objects.coming().filter(partnership__in=partnerships, starts_at__gt=timezone.now()).order_by()
    )
    return coming.values_list("partnership").annotate(first_on=Min(TruncDate("starts_at")))


def _column(kind: str) -> Column:
    return Column(KINDS[kind], lambda row: row.waiting.get(kind, NOTHING).count)


SHEET = Sheet(
    _("All your partnerships"),
    (
        Column(_("Partnership"), lambda row: row.partnership.name),
        Column(_("All tasks"), lambda row: row.count),
        *map(_column, KINDS),
        Column(_("The oldest waits, in days"), lambda row: row.oldest),
        Column(_("Next meeting"), lambda row: row.meets_on),
    ),
)


def context_of(rows: Sequence[Row]) -> dict[str, Any]:
    """What the page says above its table."""
    first = rows[0] if rows and rows[0].count else None
    return {
        "rows": rows,
        "number": sum(row.count for row in rows),
        "first": first,
        "first_name": dutch(first.partnership.name) if first else "",
        "kinds": list(KINDS.values()),
    }
