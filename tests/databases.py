"""Databases that the tests start from: migrated once, then copied, which takes a third of a second.

Each is made again when what it depends on changed; workers wait for the one that makes it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools.local.paths import ROOT, VAR, private_directory
from tools.local.servers import database_url, urls_of

HOME = VAR / "test"
MIGRATED = "leerpact_migrated"
# For connections of the tests themselves: tables of ten rows are joined in the order in which the query names them. Looking
# for a better order takes PostgreSQL a third of all its work here. Whoever looks at plans asks for the usual ones.
PLANS = "-c join_collapse_limit=1"


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def execute(*statements: str, database: str = "") -> None:
    """Run statements by the owner, each for itself, on the tests' own database or another."""
    owner = "DATABASE_OWNER_URL"
    url = urls_of(database)[owner] if database else database_url(owner)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def fingerprint(*patterns: str, extra: str = "") -> str:
    """A digest of all files that the patterns name; a pattern that names none is refused."""
    state = hashlib.sha256(extra.encode())
    for pattern in patterns:
        paths = [
            path for path in sorted(ROOT.glob(pattern)) if path.is_file() and "__pycache__" not in path.parts
        ]
        if not paths:
            raise ValueError(f"{pattern} names no file: what moved?")
        for path in paths:
            state.update(path.read_bytes())
    return state.hexdigest()


def once(name: str, wanted: str, act: Callable[[], None]) -> None:
    """Act unless that was done for `wanted` already; others that ask wait."""
    stamp = private_directory(HOME) / f"{name}.sha256"
    with stamp.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        stamp.unlink(missing_ok=True)
        act()
        stamp.write_text(wanted)


def make_anew(database: str, template: str) -> None:
    drop(database)
    execute(f"CREATE DATABASE {database} TEMPLATE {template}")


def drop(database: str) -> None:
    """Whoever still uses it is thrown out."""
    try:
        execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    except (
        psycopg.errors.InsufficientPrivilege
    ):  # by FORCE we may not stop the server's own cleaning, DROP alone does
        execute(f"DROP DATABASE IF EXISTS {database}")


def run(module: str, *arguments: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)}:\n{(done.stdout + done.stderr)[-4000:]}")


def migrations() -> str:
    return fingerprint("*/migrations/*.py", "core/append_only.py", "core/merging.py", "requirements.txt")


def migrated() -> str:
    """The name of a database with all migrations."""

    def migrate() -> None:
        make_anew(MIGRATED, "template1")
        settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", **urls_of(MIGRATED)}
        run("django", "migrate", "--verbosity=0", environment={**os.environ, **settings})

    once(MIGRATED, migrations(), migrate)
    return MIGRATED


@contextmanager
def copy_of(template: str, name: str) -> Iterator[str]:
    """The name of a database of this worker; it is dropped at the end of the block."""
    database = f"leerpact_{name}_{worker()}"
    make_anew(database, template)
    try:
        yield database
    finally:
        drop(database)


def stamp_of_worker() -> Path:
    return HOME / f"migrations-{worker()}.sha256"
