"""Helpers of the reminders: rows in batches, and notices put together per person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet

from core.reminding.engine import Item, Notice

if TYPE_CHECKING:
    from accounts.models import Person

SIZE = 500
Row = TypeVar("Row", bound=Model)


def batches(keys: QuerySet[Any, int], rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Rows by their keys, a batch at a time. The keys are read once, so that rows that change meanwhile shift no batch."""
    order = iter(list(keys))
    while chunk := list(islice(order, SIZE)):
        found = rows.in_bulk(chunk)
        yield [found[key] for key in chunk if key in found]


def gathered(pairs: Iterable[tuple[Person, str, Item]]) -> list[Notice]:
    """One notice per person and place where the acts are done, whatever the number of things."""
    found: dict[tuple[int, str], Notice] = {}
    for person, where, item in pairs:
        found.setdefault((person.pk, where), Notice(person)).items.append(item)
    return list(found.values())
