"""Rows into PostgreSQL by COPY, with the defaults of the models."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg.types.range import Range

NOW = timezone.now()
AT_ONCE = 2_000  # rows in one piece of text
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Loader:
    """`load(Model, ["id", …], rows)`: columns that are left out get the default of the field; uuids come from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.counts: dict[str, int] = {}

    def load(self, model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        fields = {field.attname: field for field in model._meta.local_concrete_fields}
        given = [fields[name] for name in names]
        others = [
            field
            for field in fields.values()
            if field not in given and not field.generated and not _may_stay_out(field)
        ]
        uuids = [field for field in others if isinstance(field, models.UUIDField)]
        fixed = [field for field in others if field not in uuids]
        tail = "\t".join(_text(self._default(field)) for field in fixed)
        json_at = [place for place, field in enumerate(given) if isinstance(field, models.JSONField)]
        columns = ", ".join(connection.ops.quote_name(field.column) for field in [*given, *uuids, *fixed])
        table = connection.ops.quote_name(model._meta.db_table)
        count = 0
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            lines: list[str] = []
            for row in rows:
                texts = [_TEXTS.get(type(value), _text)(value) for value in row]
                for place in json_at:
                    texts[place] = _text(json.dumps(row[place]))
                texts.extend(self._uuid() for _field in uuids)
                if fixed:
                    texts.append(tail)
                lines.append("\t".join(texts))
                count += 1
                if len(lines) == AT_ONCE:
                    copy.write("\n".join(lines) + "\n")
                    lines.clear()
            if lines:
                copy.write("\n".join(lines) + "\n")
        self.counts[model._meta.label] = self.counts.get(model._meta.label, 0) + count
        if isinstance(model._meta.pk, models.AutoField) and "id" in names:
            self._note_highest(model)

    def _uuid(self) -> str:
        """Of version 4."""
        return f"{self.random.getrandbits(128) & ~(0xF << 76) & ~(0xC << 60) | 0x4 << 76 | 0x8 << 60:032x}"

    @staticmethod
    def _default(field: models.Field[Any, Any]) -> Any:
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
            return NOW if isinstance(field, models.DateTimeField) else dt.date.today()  # noqa: DTZ011
        value = field.get_default()
        return json.dumps(value) if isinstance(field, models.JSONField) else value

    @staticmethod
    def _note_highest(model: type[models.Model]) -> None:
        """The sequence goes on after the numbers we gave."""
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"
            )


def _may_stay_out(field: models.Field[Any, Any]) -> bool:
    """Columns that the database fills: the key, and what is null without a default."""
    return field.primary_key or (field.null and not field.has_default())


def _escaped(value: str) -> str:
    return str(value).translate(_ESCAPED)


def _text(value: Any) -> str:
    """As COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):  # with the choices of a field
        return _escaped(str(value))
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        inner = ",".join('"' + str(item).replace("\\", "\\\\").replace('"', '\\"') + '"' for item in value)
        return _escaped("{" + inner + "}")
    if isinstance(value, Range):
        return f"[{value.lower.isoformat()},{value.upper.isoformat()})"
    return str(value)


_TEXTS: dict[type, Callable[[Any], str]] = {
    int: str,
    str: _escaped,
    type(None): lambda _none: "\\N",
    uuid.UUID: str,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
}
