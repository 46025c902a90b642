"""For migrations: files of which a table had the path move to the one table that has it now (`StoredFile`), and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import models


@dataclass(frozen=True, slots=True)
class Former:
    """A row with the path of a file, as a table had it before."""

    pk: int
    path: str
    type: str
    subject: UUID
    digest: str = ""  # where it was known


def into_one_table(files: Any, model: type[models.Model], key: str, rows: Iterable[Former]) -> None:
    """Let `key` of each row name the row of its file, which is made where there was none. `files` is `StoredFile`."""
    for row in rows:
        stored = files.objects.filter(path=row.path).first() or files(path=row.path, **_what_it_is(row))
        stored.type, stored.subject = row.type, row.subject
        stored.save()
        model._base_manager.filter(pk=row.pk).update(**{key: stored})


def _what_it_is(row: Former) -> dict[str, Any]:
    try:
        with default_storage.open(row.path) as kept:
            content = kept.read()
    except OSError:
        return {"digest": row.digest, "size": 0, "scan": "gone"}
    return {
        "digest": row.digest or hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "scan": "not_asked",
    }
