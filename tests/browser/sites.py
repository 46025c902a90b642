"""Running copies of the demo for the browser tests: real processes, each on a database of its own.

The demo region is loaded once into `leerpact_seeded`, again when code or data that it comes from changed or a day
passed; every site starts from a copy, which takes PostgreSQL a third of a second.
"""

import datetime
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests import databases
from tests.databases import HOME, worker
from tools.local import servers
from tools.local.paths import private_directory
from tools.local.site import Site

SEEDED = "leerpact_seeded"
# What the loaded data depend on; views, forms and pages do not count
SOURCES = [
    "demo/**/*",
    "core/**/*.py",
    "*/migrations/*.py",
    "*/models.py",
    "*/models/**/*.py",
    "*/queries/**/*.py",
    "*/services/**/*.py",
    "*/imports/**/*.py",
    "*/enums.py",
]


@contextmanager
def running_site(name: str) -> Iterator[Site]:
    """A site on a fresh copy of the demo region, for whoever only looks: nothing works in the background."""
    home = _empty_home(name)
    with loaded_database(name) as database:
        shutil.copytree(HOME / "seeded-media", home / "media")
        with _started(Site(home, 0, site_environment(database, home / "media")), background=False) as site:
            yield site


@contextmanager
def small_site(name: str, world: str) -> Iterator[Site]:
    """A site on an empty database that the module `world` fills, with a broker of its own: no other takes its tasks."""
    home = _empty_home(name)
    _collect_once()
    with databases.copy_of(databases.migrated(), name) as database:
        environment = site_environment(database, private_directory(home / "media"))
        environment["REDIS_URL"] = _own_broker(environment["REDIS_URL"])
        databases.run(world, environment=environment)
        with _started(Site(home, 0, environment), background=True) as site:
            yield site


def _empty_home(name: str) -> Path:
    home = private_directory(HOME / f"{name}-{worker()}")
    for folder in ("mail", "media"):
        shutil.rmtree(home / folder, ignore_errors=True)
    for log in home.glob("*.log"):
        log.unlink()
    return home


@contextmanager
def _started(site: Site, *, background: bool) -> Iterator[Site]:
    try:
        site.start(background=background)
        yield site
    finally:
        site.stop()


def _own_broker(url: str) -> str:
    """Broker and cache in databases that no other site and no test uses, emptied."""
    base, _slash, number = url.rpartition("/")
    for database in (int(number) + 32, int(number) + 33):
        with redis.Redis.from_url(f"{base}/{database}") as broker:
            broker.flushdb()
    return f"{base}/{int(number) + 32}"


@contextmanager
def loaded_database(name: str) -> Iterator[str]:
    """The name of a database that holds the demo region; it is dropped at the end of the block."""
    _load_once()
    with databases.copy_of(SEEDED, name) as database:
        yield database


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    with databases.copy_of("template1", name) as database:
        yield database


def site_environment(database: str, media: Path) -> dict[str, str]:
    """What a process of the demo needs to work on that database."""
    return {
        **os.environ,
        **servers.urls_of(database),
        "MEDIA_ROOT": str(media),
        "STATIC_ROOT": str(HOME / "static"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "WEB_PATIENCE": "20",  # a machine that is busy with tests is no silent database,
        "WEB_QUEUE": "0",  # nor a crowd of visitors
    }


def _load_once() -> None:
    media = HOME / "seeded-media"

    def load() -> None:
        shutil.rmtree(media, ignore_errors=True)
        private_directory(media)
        databases.make_anew(SEEDED, databases.migrated())
        databases.run("demo.prepare", "--load", environment=site_environment(SEEDED, media))

    _collect_once()
    today = datetime.date.today().isoformat()  # noqa: DTZ011 - the day of this machine
    databases.once(SEEDED, databases.fingerprint(*SOURCES, extra=today), load)


def _collect_once() -> None:
    """Before anything that would collect by itself: two that do so at once take each other's files away."""

    def collect() -> None:
        environment = site_environment("postgres", HOME)
        databases.run("demo.static_files", environment=environment)

    databases.once("collected", databases.fingerprint("static/**/*", "ui/stylesheet.py"), collect)
