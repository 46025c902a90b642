"""The demo region on a database of its own, with its files and cache, for tests of what the keeper does to all of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from core.append_only import as_role
from tests.browser.sites import HOME, loaded_database


@contextmanager
def region(name: str, settings, media: Path) -> Iterator[Path]:
    """The region as `make demo` loads it; the connection is the owner's, commands take the keeper's by themselves.

    Gives the folder of the files, a copy under `media`.
    """
    with loaded_database(name) as database, _connected_to(database):
        folder = media / "media"
        shutil.copytree(HOME / "seeded-media", folder)
        settings.STORAGES = settings.STORAGES | {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        }
        settings.MEDIA_ROOT = folder
        settings.ERASURE_LEDGER = media / "erased.txt"
        cache.clear()
        ContentType.objects.clear_cache()  # another database, with other keys
        yield folder
        cache.clear()
    ContentType.objects.clear_cache()


@contextmanager
def _connected_to(database: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        with as_role("owner"):
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def triggers_off() -> Iterator[None]:
    """What triggers hold is set aside, for what no service would write. By the owner of the tables."""
    _switch_triggers("DISABLE")
    try:
        yield
    finally:
        _switch_triggers("ENABLE")


def _switch_triggers(word: str) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{table}" {word} TRIGGER USER')


def dumped() -> dict[str, str]:
    """Every table of the database as text, by its name."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                found[table] = b"".join(bytes(part) for part in copy).decode()
    return found


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_cache() -> dict[str, bytes]:
    """Every entry of the cache of this worker, as it is stored."""
    client = cache._cache.get_client()
    return {key.decode(): client.get(key) or b"" for key in client.scan_iter("*")}
