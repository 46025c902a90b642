"""Files in the store that no row names: of an act that was broken off after the file was written. They go after a day."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core import files, merging
from core.models import StoredFile

logger = logging.getLogger(__name__)

AFTER = timedelta(days=1)  # what is being written has no row yet
FEW = 100


def remove() -> int:
    """Take them away; says how many. When most of the store would go, the database is not its own: nothing does."""
    for row in _unnamed():
        with transaction.atomic():
            files.remove(file=row)
    known = set(StoredFile.objects.values_list("path", flat=True))
    lost = [path for path in _paths() if path not in known and _is_old(path)]
    if len(lost) > max(FEW, len(known)):
        logger.error("%s files that no row names were left: is this the database of this store?", len(lost))
        return 0
    for path in lost:
        default_storage.delete(path)
    return len(lost)


def _unnamed() -> list[StoredFile]:
    """Rows of files that nothing names any more."""
    rows = StoredFile.objects.filter(at__lt=timezone.now() - AFTER)
    for key in merging.links(StoredFile):
        rows = rows.exclude(Exists(key.model._base_manager.filter(**{key.name: OuterRef("pk")})))
    return list(rows)


def _paths(folder: str = "") -> Iterator[str]:
    """Every file of the store, as a row would name it."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in names)
    for name in folders:
        yield from _paths(f"{prefix}{name}")


def _is_old(path: str) -> bool:
    try:
        return default_storage.get_modified_time(path) < timezone.now() - AFTER
    except FileNotFoundError:  # gone meanwhile
        return False
