"""What a reminder has to look at, and what it says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from core.reminding.ladders import DueRung

if TYPE_CHECKING:
    from accounts.models import Person

SIZE = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: its key in the ledger, the rung that is due, and the words for the mail."""

    subject: str
    step: DueRung
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail to one person about one or more things of the same kind."""

    person: Person
    items: list[Item] = field(default_factory=list)


# Who hears of what; things with the same place where the act is done come in one mail.
Told = tuple["Person", str, Item]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The keys of what may be due, in an order that keeps together what one mail tells; the rows; what is told of a few."""

    keys: QuerySet[Any, int]
    rows: QuerySet[Any]
    tell: Callable[[list[Any]], Iterable[Told]]

    def batches(self) -> Iterator[list[Model]]:
        """The rows, a batch at a time. The keys are read once, so that rows that change meanwhile shift no batch."""
        order = iter(list(self.keys))
        while chunk := list(islice(order, SIZE)):
            found = self.rows.in_bulk(chunk)
            yield [found[key] for key in chunk if key in found]


def gathered(told: Iterable[Told]) -> list[Notice]:
    """One notice per person and place where the acts are done, whatever the number of things."""
    found: dict[tuple[int, str], Notice] = {}
    for person, where, item in told:
        found.setdefault((person.pk, where), Notice(person)).items.append(item)
    return list(found.values())
