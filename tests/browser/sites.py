"""Running copies of the demo for the browser tests: real processes, each on a database of its own.

The demo region is loaded once into `leerpact_seeded`, again when code or data that it comes from changed or a day
passed; every site starts from a copy, which takes PostgreSQL a third of a second.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from portal.local.paths import ROOT, VAR, private_directory
from portal.local.site import Site

HOME = VAR / "test"
SEEDED = "leerpact_seeded"
# What the loaded data depend on; views, forms and pages do not count
SOURCES = [
    "demo/**/*",
    "*/migrations/*.py",
    "*/models/**/*.py",
    "core/*.py",
    "*/services/**/*.py",
    "*/imports/**/*.py",
]
SOURCES += [
    "*/enums.py",
    "*/documents.py",
    "portal/demo/*.py",
    "portal/management/**/*.py",
    "portal/**/seed*/**/*.py",
]


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def running_site(name: str) -> Iterator[Site]:
    """A site on a fresh copy of the demo region; ends with the block."""
    home = private_directory(HOME / f"{name}-{worker()}")
    shutil.rmtree(home / "mail", ignore_errors=True)
    shutil.rmtree(home / "media", ignore_errors=True)
    for log in home.glob("*.log"):
        log.unlink()
    with loaded_database(name) as database:
        shutil.copytree(HOME / "seeded-media", home / "media")
        site = Site(home, 0, site_environment(database, home / "media"))
        try:
            site.start()
            yield site
        finally:
            site.stop()


@contextmanager
def loaded_database(name: str) -> Iterator[str]:
    """The name of a database that holds the demo region; it is dropped at the end of the block."""
    _load_once()
    with empty_database(name, template=SEEDED) as database:
        yield database


@contextmanager
def empty_database(name: str, *, template: str = "template1") -> Iterator[str]:
    database = f"leerpact_{name}_{worker()}"
    drop = f"DROP DATABASE IF EXISTS {database} WITH (FORCE)"
    _execute(drop, f"CREATE DATABASE {database} TEMPLATE {template}")
    try:
        yield database
    finally:
        _execute(drop)


def site_environment(database: str, media: Path) -> dict[str, str]:
    """What a process of the demo needs to work on that database."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return {
        **os.environ,
        "DATABASE_URL": f"{server}/{database}",
        "MEDIA_ROOT": str(media),
        "STATIC_ROOT": str(HOME / "static"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
    }


def _execute(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _fingerprint() -> str:
    state = hashlib.sha256(datetime.date.today().isoformat().encode())  # noqa: DTZ011 - the day of this machine
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                state.update(path.read_bytes())
    return state.hexdigest()


def _load_once() -> None:
    """One of the workers loads, the others wait for it."""
    with (private_directory(HOME) / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        media, stamp, wanted = HOME / "seeded-media", HOME / "seeded.sha256", _fingerprint()
        fresh = stamp.exists() and stamp.read_text() == wanted
        if not fresh:
            stamp.unlink(missing_ok=True)
            shutil.rmtree(media, ignore_errors=True)
            private_directory(media)
            _execute(f"DROP DATABASE IF EXISTS {SEEDED} WITH (FORCE)", f"CREATE DATABASE {SEEDED}")
        _prepare(site_environment(SEEDED, media))  # also collects what changed in the static files
        stamp.write_text(wanted)


def _prepare(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "portal.demo.prepare", "--load"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the demo region does not load:\n{(done.stdout + done.stderr)[-4000:]}")
