"""Rows go, with what cannot stand without them; only the keeper of the database may (`core.append_only`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from psycopg import sql

from core import merging
from core.models import StoredFile
from core.privacy.declared import AtErasure, declarations

Rows = dict[type[models.Model], set[Any]]


class RestsOn(Exception):
    """A row that is not to go cannot stand without one that is."""


def remove(rows: Rows) -> Counter[str]:
    """Delete rows and their files, and whatever names them and cannot do without. Gives how many, by model.

    What may be without such a key loses it. The database looks at the end of the transaction whether all still holds.
    Raises RestsOn where a row needs one of these and is declared to stay.
    """
    whole = _with_files(_with_dependents(rows))
    gone: Counter[str] = Counter()
    forget_files(whole.get(StoredFile, ()))
    for model in _in_order(whole):
        gone[model._meta.label] = _delete(model, whole[model])
    return +gone


def write_over(model: type[models.Model], keys: Iterable[Any], values: Mapping[str, Any]) -> int:
    """Write values over rows past the model's own `save`; what is a function is asked anew for each row."""
    rows = model._base_manager.filter(pk__in=list(keys))
    if not any(callable(value) for value in values.values()):
        return rows.update(**values)
    for pk in rows.values_list("pk", flat=True):
        fresh = {name: value() if callable(value) else value for name, value in values.items()}
        model._base_manager.filter(pk=pk).update(**fresh)
    return len(rows)


def forget_files(keys: Iterable[Any]) -> None:
    """Files go from the store once it is certain that their rows do."""
    for path in StoredFile.objects.filter(pk__in=list(keys)).values_list("path", flat=True):
        transaction.on_commit(partial(default_storage.delete, path))


def _with_files(rows: Rows) -> Rows:
    """With the files that the rows name: each is named once."""
    found: set[Any] = set()
    for model, keys in rows.items():
        for one in model._meta.local_fields:
            if one.related_model is StoredFile:
                named = model._base_manager.filter(pk__in=keys).exclude(**{one.name: None})
                found |= set(named.values_list(one.attname, flat=True))
    return rows | {StoredFile: rows.get(StoredFile, set()) | found} if found else rows


def _with_dependents(rows: Rows) -> Rows:
    whole: Rows = {model: set(keys) for model, keys in rows.items() if keys}
    waiting = list(whole.items())
    loose: list[tuple[merging.Link, set[Any]]] = []
    while waiting:
        model, keys = waiting.pop()
        for key in merging.links(model):
            if key.null:
                loose.append((key, keys))
                continue
            pks = set(
                key.model._base_manager.filter(**{f"{key.name}__in": keys}).values_list("pk", flat=True)
            )
            fresh = pks - whole.get(key.model, set())
            if fresh and not _may_go(key.model):
                raise RestsOn(f"{len(fresh)} rows of {key.model._meta.label} need their {key.name}.")
            if fresh:
                whole.setdefault(key.model, set()).update(fresh)
                waiting.append((key.model, fresh))
    for key, keys in loose:
        named = key.model._base_manager.filter(**{f"{key.name}__in": keys})
        named.exclude(pk__in=whole.get(key.model, ())).update(**{key.name: None})
    return whole


def _may_go(model: type[models.Model]) -> bool:
    if model._meta.auto_created:
        return True
    declared = declarations().get(model._meta.label)
    return declared is not None and declared.at_erasure == AtErasure.GOES


def _in_order(rows: Rows) -> list[type[models.Model]]:
    """Those that name others first: some keys are looked at at once, and not at the end."""
    left = dict.fromkeys(sorted(rows, key=lambda model: model._meta.label))
    found: list[type[models.Model]] = []
    while left:
        named = {
            one.related_model
            for model in left
            for one in model._meta.local_fields
            if one.is_relation and one.related_model is not model
        }
        free = [model for model in left if model not in named] or [next(iter(left))]
        for model in free:
            del left[model]
        found += free
    return found


def _delete(model: type[models.Model], keys: set[Any]) -> int:
    statement = sql.SQL("DELETE FROM {table} WHERE {key} = ANY(%s)").format(
        table=sql.Identifier(model._meta.db_table), key=sql.Identifier(str(model._meta.pk.column))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
        return int(cursor.rowcount)
