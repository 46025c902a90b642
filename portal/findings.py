"""What the nightly check found, as the administrators' first page shows it: by number, without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from core.models import Finding
from portal.invariants import BY_NAME

MOST_SHOWN = 20  # numbers of one finding
NEWS = timedelta(days=14)  # for so long what is well again is told


@dataclass(frozen=True)
class FindingRow:
    """One kind of rows that are not as they must be, or were until `gone_at`."""

    name: str
    says: str | Promise
    todo: str | Promise
    number: int
    keys: Sequence[int]
    found_at: datetime
    gone_at: datetime | None

    @property
    def more(self) -> int:
        """How many are not named by number."""
        return self.number - len(self.keys)


def found() -> list[FindingRow]:
    """What stands, the oldest first, and then what has been well again for a short time."""
    recent = Q(gone_at=None) | Q(gone_at__gte=timezone.now() - NEWS)
    rows = Finding.objects.filter(recent).order_by("gone_at", "found_at", "pk")
    shown = [_row(row) for row in rows if row.invariant in BY_NAME]
    return sorted(shown, key=lambda row: row.gone_at is not None)


def _row(row: Finding) -> FindingRow:
    invariant = BY_NAME[row.invariant]
    return FindingRow(
        name=row.invariant,
        says=invariant.says,
        todo=invariant.todo,
        number=row.number,
        keys=row.keys[:MOST_SHOWN],
        found_at=row.found_at,
        gone_at=row.gone_at,
    )
