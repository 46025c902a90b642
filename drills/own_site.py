"""The whole portal with the demo region for one drill: servers, files and disks of its own, thrown away afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from tools.local import servers
from tools.local.paths import VAR, private_directory
from tools.local.servers import Servers
from tools.local.site import Site

OWN_DISKS = "DRILL_OWN_DISKS"  # in the environment of a process that may mount


@dataclass(frozen=True)
class Portal:
    """A running site, the servers behind it, and the two small disks: of the database and of files."""

    site: Site
    servers: Servers
    files: Path

    @property
    def owner_url(self) -> str:
        return self.servers.database_urls["DATABASE_OWNER_URL"]

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.owner_url) as connection:
            return connection.execute(statement).fetchall()

    def valkey(self) -> redis.Redis:
        return redis.Redis.from_url(self.servers.redis_url, socket_timeout=5)


def may_mount() -> None:
    """Go on as a process whose mounts nobody else sees, where the machine allows it; otherwise there are no small disks."""
    if OWN_DISKS in os.environ:
        return
    for way in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        tried = [*way, "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
        if (
            shutil.which("unshare")
            and subprocess.run(tried, capture_output=True, check=False).returncode == 0
        ):
            os.environ[OWN_DISKS] = "1"
            command = [*way, "--kill-child", sys.executable, *sys.orig_argv[1:]]
            os.execvp(command[0], command)


@contextlib.contextmanager
def portal(name: str, *, disks: dict[str, int] | None = None, **settings: str) -> Iterator[Portal]:
    """`disks`: how many MB the one of the database ("data") and the one of files ("files") have, where we may mount."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))  # what we started must not outlive us
    home = private_directory(VAR / f"drill-{name}")
    _clear(home)
    sizes = disks if disks and OWN_DISKS in os.environ else {}
    with contextlib.ExitStack() as stack:
        files = private_directory(home / "files")
        if "files" in sizes:
            stack.enter_context(_disk(files, sizes["files"]))
        own_home = private_directory(VAR / f"drill-{name}-servers")
        if "data" in sizes:
            stack.enter_context(_disk(own_home, sizes["data"]))
        own = Servers(own_home.name)
        own.wipe()
        own.start()
        stack.callback(own.release)
        site = Site(home, 0, _environment(own, files, home, settings))
        site.prepare(load=True)
        stack.callback(site.stop)
        site.start()
        yield Portal(site, own, files)


def _environment(own: Servers, files: Path, home: Path, settings: dict[str, str]) -> dict[str, str]:
    kept = dict(os.environ)
    os.environ.update({**own.database_urls, "REDIS_URL": own.redis_url})
    servers.prepare_environment("portal.settings.demo")
    environment = {
        **os.environ,
        "MEDIA_ROOT": str(private_directory(files / "media")),
        "TMPDIR": str(private_directory(files / "tmp")),
        "STATIC_ROOT": str(home / "static"),
        **settings,
    }
    os.environ.clear()
    os.environ.update(kept)
    return environment


def _clear(home: Path) -> None:
    for entry in home.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


@contextlib.contextmanager
def _disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A small file system in memory at this folder."""
    options = f"size={megabytes}m,mode=0711"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
