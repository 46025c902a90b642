"""One's own record: every field of a class, of every row about someone, to take along. Follows from the declarations."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from core.models import StoredFile
from core.privacy.declared import Personal, declarations, ids_of

FORMAT = "leerpact-record-1"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table about someone: what people call them, and of each its fields with their values."""

    table: str
    name: str
    rows: list[dict[str, Any]]

    @property
    def labels(self) -> dict[str, str]:
        """What people call each field."""
        return {one.name: _label(one) for one in declarations()[self.table].told()}


def parts_of(person_id: int) -> list[Part]:
    """The whole record of someone, table by table; tables without a row of this person are left out.

    Of a row that is about someone else too (whom one guided, whose agreement one is named in) only the first is whose
    row it is: the others find the row in no record but their own.
    """
    found = []
    ids = ids_of([person_id])
    for declared in declarations().values():
        if rows := list(_rows(declared, person_id, ids)):
            name = str(declared.model_class._meta.verbose_name_plural)
            found.append(Part(declared.model, name, rows))
    return found


def as_json(parts: list[Part], *, name: str, made_at: dt.datetime) -> bytes:
    """The record for machines: UTF-8, in one order, so that the same record gives the same bytes."""
    whole = {
        "format": FORMAT,
        "made_at": made_at.isoformat(timespec="seconds"),
        "name": name,
        "parts": [{"table": part.table, "name": part.name, "rows": part.rows} for part in parts],
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def files_of(person_id: int) -> Iterator[tuple[str, StoredFile]]:
    """Each file of the record with a name that says where it belongs: the table, the number of its row, its own name."""
    ids = ids_of([person_id])
    for declared in declarations().values():
        names = [one.name for one in declared.told() if one.related_model is StoredFile]
        if not names or not (declared.of or declared.about):
            continue
        folder = str(declared.model_class._meta.verbose_name_plural)
        for row in _mine(declared, person_id, ids).select_related(*names):
            for name in names:
                if file := getattr(row, name):
                    own = getattr(row, f"{name}_name", "") or PurePosixPath(file.path).name
                    yield f"{folder}/{row.pk} {own}", file


def _mine(declared: Personal, person_id: int, ids: Collection[UUID]) -> models.QuerySet[Any]:
    whose = Q(**{declared.of[0] or "pk": person_id}) if declared.of else Q(**{f"{declared.about}__in": ids})
    return declared.model_class._base_manager.filter(whose).order_by("pk")


def _rows(declared: Personal, person_id: int, ids: Collection[UUID]) -> Iterator[dict[str, Any]]:
    if not (declared.of or declared.about):
        return
    fields = declared.told()
    links = [one.name for one in fields if isinstance(one, models.ForeignKey)]
    mine = _mine(declared, person_id, ids)
    for row in mine.select_related(*links) if links else mine:
        yield {"id": row.pk, **{one.name: _value(row, one) for one in fields}}


def _value(row: models.Model, one: Any) -> Any:
    if one.many_to_many:
        return [_named(other) for other in getattr(row, one.name).order_by("pk")]
    if isinstance(one, models.ForeignKey):
        other = getattr(row, one.name)
        return None if other is None else _named(other)
    value = getattr(row, one.name)
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):  # a range of days
        return [value.lower, value.upper]
    if one.choices and value not in (None, ""):
        return str(getattr(row, f"get_{one.name}_display")())
    return value


def _named(other: models.Model) -> Any:
    """A person by name, what is of nobody by its own words, any other row by its number: it may be somebody's."""
    declared = declarations().get((other._meta.concrete_model or type(other))._meta.label)
    if other._meta.label == "accounts.Person" or declared is None or not declared.of:
        return str(other)
    return {"table": other._meta.label, "id": other.pk}


def _label(one: Any) -> str:
    text = str(getattr(one, "verbose_name", one.name))
    return text[:1].upper() + text[1:]
