"""Two rows turn out to be one thing: what points at the one that goes is handed to the one that stays.

The row that goes keeps its key and says what it is one with (`merged_into`). History keeps pointing at it, and who reads
history follows. What would stand twice is solved before, by the app that knows how.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q

MERGED_INTO = "merged_into"

Result = TypeVar("Result")
Link = models.ForeignKey[Any, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of one kind, in its plural, went from the one to the other."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge does: what moves, and in sentences what stood twice and how that was solved."""

    moved: Sequence[Moved]
    solved: Sequence[str]

    @property
    def digest(self) -> str:
        """Known again by this: whoever confirms has read the same."""
        text = repr(([(row.kind, row.number) for row in self.moved], list(self.solved)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class _OnlyLooking(Exception):
    """Rolls a dry run back."""


def looked_at(act: Callable[[], Result]) -> Result:
    """What an act gives: it is done and taken back."""
    try:
        with transaction.atomic():
            result = act()
            raise _OnlyLooking
    except _OnlyLooking:
        return result


def links(model: type[models.Model]) -> list[Link]:
    """Every key to rows of a model in a table that is written to, also those that the model has no name for.

    Tables between two, and keys that are the only one, are among them; views are not.
    """
    found = model._meta.get_fields(include_hidden=True)
    keys = [relation.field for relation in found if isinstance(relation, models.ManyToOneRel)]
    return [key for key in keys if key.model._meta.managed and not key.model._meta.proxy]


def stands(key: Link) -> bool:
    """Whether rows that hold this key are history, which stays as it was written."""
    return getattr(key.model, "APPEND_ONLY", False)


def move(kept: models.Model, dropped: models.Model) -> list[Moved]:
    """Hand to `kept` all that points at `dropped` and is no history. Gives how much, by kind.

    Of a key that only one row can hold, that of `kept` stays: its app has moved what hangs on the other.
    """
    moved = []
    for key in links(type(kept)):
        if stands(key):
            continue
        rows = _movable(key, dropped)
        if key.model is type(kept):
            rows = rows.exclude(pk=kept.pk)
        if key.unique and _rows(key, kept).exists():
            continue
        if key.model._meta.auto_created:
            _drop_doubles(key, kept, rows)
        number = rows.update(**{key.name: kept})
        if number and key.name != MERGED_INTO:
            moved.append(Moved(kind_of(key), number))
    return moved


def hand_over(kept: models.Model, dropped: models.Model) -> None:
    """The same row by row, where what `kept` has already stays as it is at `dropped`, which is about to end."""
    for key in links(type(kept)):
        if stands(key):
            continue
        for pk in list(_movable(key, dropped).order_by("pk").values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    key.model._base_manager.filter(pk=pk).update(**{key.name: kept})
            except IntegrityError:
                continue


def fill_in(kept: models.Model, dropped: models.Model) -> list[str]:
    """Give `kept`, which is not saved yet, what it has nothing of itself (`FILLED_IN`). Gives the names of the fields."""
    names: Sequence[str] = getattr(type(kept), "FILLED_IN", ())
    filled = []
    for name in names:
        if getattr(kept, name) in (None, "", []) and getattr(dropped, name) not in (None, "", []):
            setattr(kept, name, getattr(dropped, name))
            filled.append(name)
    return filled


def _rows(key: Link, row: models.Model) -> models.QuerySet[Any]:
    return key.model._base_manager.filter(**{key.name: row.pk})


def _movable(key: Link, row: models.Model) -> models.QuerySet[Any]:
    """Those that hold the key, but for rows of which the database says that they stand (`STANDS`, a condition)."""
    standing: Q | None = getattr(key.model, "STANDS", None)
    rows = _rows(key, row)
    return rows if standing is None else rows.exclude(standing)


def _drop_doubles(key: Link, kept: models.Model, rows: models.QuerySet[Any]) -> None:
    """In a table between two, what both sides have stands once."""
    other = next(field for field in key.model._meta.local_fields if field.is_relation and field != key)
    there = _rows(key, kept).values(other.attname)
    rows.filter(**{f"{other.attname}__in": there}).delete()


def kind_of(key: Link) -> str:
    """What people call the rows that hold a key, in the plural."""
    owner: Any = key.model._meta.auto_created or key.model
    return str(owner._meta.verbose_name_plural)
