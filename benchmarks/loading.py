"""Rows into PostgreSQL by COPY, with the defaults of the models."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

NOW = timezone.now()


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
        fixed = [self._default(field) for field in others]
        uuids = [place for place, field in enumerate(others) if isinstance(field, models.UUIDField)]
        arrays = [place for place, field in enumerate(given) if isinstance(field, models.JSONField)]
        columns = ", ".join(connection.ops.quote_name(field.column) for field in [*given, *others])
        table = connection.ops.quote_name(model._meta.db_table)
        count = 0
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                values = list(row)
                for place in arrays:
                    values[place] = json.dumps(values[place])
                for place in uuids:
                    fixed[place] = self.uuid()
                copy.write_row([*values, *fixed])
                count += 1
        self.counts[model._meta.label] = self.counts.get(model._meta.label, 0) + count
        if isinstance(model._meta.pk, models.AutoField) and "id" in names:
            self._note_highest(model)

    def uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

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
