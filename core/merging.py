"""Two rows turn out to be one thing: what points at the one that goes is handed to the one that stays.

The row that goes keeps its key and says what it is one with (`merged_into`). History keeps pointing at it, and who reads
history follows. What would stand twice is solved before, by the app that knows how. From then on nothing else begins at
it: a merge waits for whoever writes there, and the database sends away who comes later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from psycopg import sql

MERGED_INTO = "merged_into"

Result = TypeVar("Result")
Row = TypeVar("Row", bound=models.Model)
Link = models.ForeignKey[Any, Any]

# Its lock makes a merge (`both_under_lock`) wait for who writes, and who writes for a merge. Who comes too late may come
# again, and then reads of the row that stays.
FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_merged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_one_with bigint;
BEGIN
    EXECUTE format('SELECT merged_into_id FROM %I WHERE id = ($1).%I FOR KEY SHARE', TG_ARGV[0], TG_ARGV[1])
        INTO is_one_with USING NEW;
    IF is_one_with IS NOT NULL THEN
        RAISE EXCEPTION 'What % names in % is one with another row by now.', TG_TABLE_NAME, TG_ARGV[1]
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGERS = """
CREATE OR REPLACE TRIGGER {begins} AFTER INSERT ON {table}
    FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION refuse_merged({to}, {name});
CREATE OR REPLACE TRIGGER {moves} AFTER UPDATE OF {column} ON {table}
    FOR EACH ROW WHEN (NEW.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})
    EXECUTE FUNCTION refuse_merged({to}, {name})
"""


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


def kept_from_merged() -> list[Link]:
    """The keys that never begin to name a row that is one with another: all to such rows but those of history."""
    models_ = [model for model in apps.get_models() if MERGED_INTO in {f.name for f in model._meta.fields}]
    return [key for model in models_ for key in links(model) if not stands(key)]


def install() -> None:
    """Give the table of each of those keys its triggers. By the owner."""
    there = connection.introspection.table_names()
    with connection.cursor() as cursor:  # no transaction around all: the lock of each table is let go at once
        cursor.execute(FUNCTION)
        for key in kept_from_merged():
            table, column = key.model._meta.db_table, key.column
            if table in there:
                names = {
                    "begins": sql.Identifier(f"merged_begins_{column}"),
                    "moves": sql.Identifier(f"merged_moves_{column}"),
                    "table": sql.Identifier(table),
                    "column": sql.Identifier(column),
                    "to": sql.Literal(key.related_model._meta.db_table),
                    "name": sql.Literal(column),
                }
                cursor.execute(sql.SQL(TRIGGERS).format(**names))


def both_under_lock(rows: models.QuerySet[Row], kept_id: int, dropped_id: int) -> tuple[Row, Row]:
    """Two rows that are about to be one, so that nothing begins at either meanwhile; in one order, for two who do this."""
    found = rows.select_for_update(of=("self",)).order_by("pk").in_bulk([kept_id, dropped_id])
    return found[kept_id], found[dropped_id]


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
