"""The money of an initiative: until when, how long that is, and what stands ready for after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.dates import today
from partnerships.models import Funding, Initiative

WIDTH = 1000  # of the drawing


@dataclass(frozen=True)
class Bar:
    """The drawing of one funding: where today lies between its first and its last day."""

    spent: int

    @property
    def left(self) -> int:
        """How much of it is to come."""
        return WIDTH - self.spent


@dataclass(frozen=True)
class FundingRow:
    """A funding with its drawing, when both of its days are known."""

    funding: Funding
    bar: Bar | None
    days_left: int | None


@dataclass(frozen=True)
class Money:
    """What the pages of an initiative say of its money; `ending` is the first that stops within half a year."""

    rows: Sequence[FundingRow]
    ending: FundingRow | None

    @property
    def told(self) -> Sequence[FundingRow]:
        """For visitors: what is not over, or all when everything is."""
        return [row for row in self.rows if not row.funding.is_over] or self.rows

    @property
    def continuing(self) -> list[Funding]:
        """Those of which is known what goes on after them."""
        return [row.funding for row in self.rows if row.funding.continues]


NO_MONEY = Money((), None)


def money_of(initiative: Initiative) -> Money:
    """The money of an initiative. One query."""
    rows = [_row(funding, initiative) for funding in initiative.fundings.for_list()]
    return Money(rows, next((row for row in rows if row.funding.ends_soon), None))


def _row(funding: Funding, initiative: Initiative) -> FundingRow:
    funding.initiative = initiative
    left = None if funding.ends_on is None or funding.is_over else (funding.ends_on - today()).days
    if funding.starts_on is None or funding.ends_on is None:
        return FundingRow(funding, None, left)
    whole = (funding.ends_on - funding.starts_on).days
    gone = min(max((today() - funding.starts_on).days, 0), whole)
    return FundingRow(funding, Bar(WIDTH * gone // whole), left)
