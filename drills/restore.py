"""`python -m drills.restore`: the disk of the database is lost while people place students; deploy/backup.py brings it back.

Once to the last second that was kept, once to a moment in between; with what is true of rows, files, keys and of who was
erased. Planted: no log kept, a spoilt copy, a file that was not copied, no list of the erased, another key.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from drills import restoring, verdicts
from tools.local import processes, servers
from tools.local.paths import ROOT

SECONDS = verdicts.number("DRILL_SECONDS", 20)  # of writing before the disk is lost
FILES_EVERY, FILES_LOST = 2, 6  # seconds; in production ten, so that at most twenty are lost
MOST_LOST, MOST_TO_RESTORE = 60, 300  # seconds, of R9
PASSWORD = "drill"
Acknowledged = list[tuple[str, dt.datetime, str]]  # placement, when its yes came, its file or "-"


@dataclass
class Ground:
    """A server of the drill's own, and what is beside it."""

    servers: servers.Servers

    @property
    def home(self) -> Path:
        return self.servers.home

    @property
    def programs(self) -> Path:
        return self.servers.postgres.parent

    @property
    def kept(self) -> Path:
        return self.home / "kept"

    def environment(self, port: int, **more: str) -> dict[str, str]:
        """Of a host of the portal that uses the server at this port."""
        own = {
            role: url.replace(f":{self.servers.state['postgres_port']}/", f":{port}/")
            for role, url in self.servers.database_urls.items()
        }
        return {
            **os.environ,
            **own,
            "REDIS_URL": self.servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "SECRET_KEY": "drill" * 12,
            "SITE_URL": "http://localhost:8000",
            "EMAIL_HOST": "127.0.0.1",
            "DEFAULT_FROM_EMAIL": "leerpact@localhost.localdomain",
            "LOG_LEVEL": "ERROR",
            "MEDIA_ROOT": str(self.home / "media"),
            "ERASURE_LEDGER": str(self.home / "erased.txt"),
            **more,
        }

    def backup(self, command: str, *arguments: str, port: int = 0, kept: Path | None = None) -> list[str]:
        """The command line of deploy/backup.py, as the role for it."""
        port = port or self.servers.state["postgres_port"]
        # The role that reads is the same for the copy and for the question which files are named.
        database = f"postgres://leerpact_backup:{PASSWORD}@127.0.0.1:{port}/leerpact"
        return [
            *(sys.executable, str(ROOT / "deploy" / "backup.py"), command),
            *("--to", str(kept or self.kept), "--database", database, "--programs", str(self.programs)),
            *("--media", str(self.home / "media"), "--ledger", str(self.home / "erased.txt")),
            *("--owner", f"{self.servers.owner}:{self.servers.owner}", *arguments),
        ]


def said(command: list[str], environment: dict[str, str] | None = None) -> str:
    """What it printed; a command that fails stops the drill."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])}: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def fails(command: list[str], environment: dict[str, str] | None = None) -> str | None:
    """The line in which a command says what is wrong, or None when it found nothing wrong."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else None


def act(*arguments: str) -> list[str]:
    return [sys.executable, "-c", restoring.BEGIN, *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


@contextmanager
def ground() -> Iterator[Ground]:
    own = servers.Servers("drill_restore", durable=True)
    own.wipe()
    own.start()
    made = Ground(own)
    try:
        yield made
    finally:
        own.release()
        with suppress(Exception):
            own.wipe()


@contextmanager
def running(
    command: list[str], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process beside the drill, which ends with it."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, preexec_fn=processes.end_with_parent
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(20)


def make_role(here: Ground) -> None:
    """The role of deploy/postgresql/roles.sql that makes back-ups, in its own words."""
    lines = (ROOT / "deploy" / "postgresql" / "roles.sql").read_text().splitlines()
    chosen = [line for line in lines if "leerpact_backup" in line]
    with here.servers._connect("postgres", "postgres") as connection:
        for line in chosen:
            connection.execute(line.replace(":backup", f"'{PASSWORD}'"))


def acknowledged(here: Ground) -> Acknowledged:
    rows = (line.split() for line in (here.home / "acknowledged").read_text().splitlines())
    return [(row[0], dt.datetime.fromisoformat(row[1]), row[2]) for row in rows]


def lose_the_disk(here: Ground) -> None:
    os.kill(here.servers.state["postgres_pid"], signal.SIGKILL)
    processes.wait_until(lambda: processes.is_gone(here.servers.state["postgres_pid"]), 10)
    time.sleep(1)  # its children end by themselves
    shutil.rmtree(here.home / "postgres")
    shutil.rmtree(here.home / "media")


@contextmanager
def restored(
    here: Ground, name: str, *arguments: str, kept: Path | None = None
) -> Iterator[tuple[int, float]]:
    """The server from its back-up: its port, and after how many seconds it let people write."""
    began = time.monotonic()
    data, port = here.home / name, processes.free_port()
    said(here.backup("restore", "--data", str(data), *arguments, kept=kept))
    options = [*servers.POSTGRES_OPTIONS, f"port={port}"]
    command = [*here.servers.prefix, str(here.servers.postgres), "-D", str(data)]
    command += [part for option in options for part in ("-c", option)]
    with (here.home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
    try:
        ended = lambda: process.poll() is not None  # noqa: E731
        if not processes.wait_until(lambda: writes(here, port) or ended(), MOST_TO_RESTORE) or ended():
            raise RuntimeError(f"the restored server does not open: see {here.home / name}.log")
        yield port, time.monotonic() - began
    finally:
        processes.stop(process.pid, signal.SIGINT)
        process.returncode = 0
        shutil.rmtree(data, ignore_errors=True)


def writes(here: Ground, port: int) -> bool:
    url = here.environment(port)["DATABASE_URL"]
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            found = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    except psycopg.OperationalError:
        return False
    return found == (False,)


def look(here: Ground, port: int) -> dict[str, set[str]]:
    told = json.loads(said(act("look"), here.environment(port)))
    return {name: set(values) for name, values in told.items()}


@dataclass
class Story:
    """What happened before the disk was lost."""

    person: str
    moment: dt.datetime
    lost_at: dt.datetime
    rows: Acknowledged


def live(here: Ground) -> Story:
    """A day in half a minute: a copy in the night, people at work, an erasure, and then the disk is gone."""
    usual = here.environment(here.servers.state["postgres_port"])
    said(manage("migrate", "--verbosity=0"), usual)
    make_role(here)
    person = json.loads(said(act("prepare"), usual))["person"]
    stop = here.home / "stop"
    with (
        running(here.backup("wal")),
        running(act("write", str(here.home / "acknowledged"), str(stop)), usual),
    ):
        processes.wait_until(lambda: (here.home / "media").exists(), 60)
        said(here.backup("take"))
        between(SECONDS / 2, lambda: said(here.backup("files")))
        moment = dt.datetime.now(dt.UTC)
        time.sleep(1.5)
        said(manage("erase"), usual)
        between(SECONDS / 2, lambda: said(here.backup("files")))
        lost_at = dt.datetime.now(dt.UTC)
        lose_the_disk(here)
        stop.touch()
    return Story(person, moment, lost_at, acknowledged(here))


def between(seconds: float, turn: Callable[[], object]) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        turn()
        time.sleep(FILES_EVERY)


def to_the_last(here: Ground, story: Story, verdict: verdicts.Verdict) -> str:
    """All that was acknowledged is there again, but for what came after the last piece of the log."""
    with restored(here, "last") as (port, seconds):
        back = subprocess.run(
            here.backup("files-back", port=port), capture_output=True, text=True, check=False
        )
        told = json.loads(back.stdout.splitlines()[0])
        there = look(here, port)
        said(manage("check_keys"), here.environment(port))
        lost = [at for public_id, at, _path in story.rows if public_id not in there["placements"]]
        ages = [(story.lost_at - at).total_seconds() for at in lost]
        if ages and max(ages) > MOST_LOST:
            verdict.faults.append(
                f"{len(lost)} acknowledged rows are lost, the oldest {max(ages):.1f} s before the end"
            )
        if seconds > MOST_TO_RESTORE:
            verdict.faults.append(f"it took {seconds:.0f} s to restore")
        if story.person in there["people"]:
            verdict.faults.append("someone who was erased before the end is there")
        kept_long = {
            path for _id, at, path in story.rows if at < story.lost_at - dt.timedelta(seconds=FILES_LOST)
        }
        if late := kept_long & set(told["lost"]):
            verdict.faults.append(f"{len(late)} files are lost that were there for {FILES_LOST} s")
        spoilt = here.environment(port, SECRET_KEY="other" * 12)
        verdict.planted["another key"] = fails(manage("check_keys"), spoilt)
        verdict.planted["a file not copied"] = _one_file_less(here, port)
    span = f"{max(ages):.1f} s" if ages else "0 s"
    return (
        f"{len(story.rows)} acknowledged, {len(lost)} lost (the last {span}), {told['back']} files back, "
        f"{len(told['lost'])} files lost with the last seconds, open after {seconds:.0f} s"
    )


def _one_file_less(here: Ground, port: int) -> str | None:
    """Control: the files of a back-up in which one is missing."""
    shutil.rmtree(here.home / "media")
    less = min(
        (path for path in (here.kept / "files").rglob("*") if path.is_file()),
        key=lambda path: path.stat().st_mtime,
    )
    away = less.rename(here.home / "away")
    shown = fails(here.backup("files-back", port=port))
    away.rename(less)
    return shown


def to_a_moment(here: Ground, story: Story, verdict: verdicts.Verdict) -> str:
    """What was acknowledged until then and nothing else; who was erased later is there, and is erased again."""
    asked = story.moment.isoformat()
    with restored(here, "moment", "--time", asked) as (port, seconds):
        there, usual = look(here, port), here.environment(port)
        before = {public_id for public_id, at, _path in story.rows if at <= story.moment}
        after = {
            public_id for public_id, at, _path in story.rows if at > story.moment + dt.timedelta(seconds=1)
        }
        if lost := before - there["placements"]:
            verdict.faults.append(f"{len(lost)} of {len(before)} rows from before the moment are not there")
        if early := after & there["placements"]:
            verdict.faults.append(f"{len(early)} rows from after the moment are there")
        if story.person not in there["people"]:
            verdict.faults.append(
                "the drill erased nobody after the moment: it shows nothing about erasing again"
            )
        empty = here.home / "empty.txt"
        empty.touch()
        said(manage("erase_again", "--ledger", str(empty)), usual)
        is_there = story.person in look(here, port)["people"]
        verdict.planted["no list of the erased"] = "the person stays" if is_there else None
        told = json.loads(said(manage("erase_again", "--ledger", str(here.kept / "erased.txt")), usual))
        if story.person in look(here, port)["people"] or told != {"erased_again": 1}:
            verdict.faults.append(f"who was erased is there again: {told}")
    return f"to a moment {len(before)} of {len(before)} rows, none of the {len(after)} after it, in {seconds:.0f} s"


def plant(here: Ground, verdict: verdicts.Verdict) -> None:
    """A back-up without the log, and one with a spoilt copy."""
    without = here.home / "without"
    shutil.copytree(here.kept, without)
    shutil.rmtree(without / "wal")
    never = here.backup("restore", "--data", str(here.home / "never"), kept=without)
    verdict.planted["no log kept"] = fails(never)
    base = next((without / "base").iterdir())
    victim = max(
        (path for path in (base / "base").rglob("*") if path.is_file()), key=lambda path: path.stat().st_size
    )
    with victim.open("r+b") as file:
        file.seek(100)
        file.write(b"spoilt")
    verdict.planted["a spoilt copy"] = fails(never)
    shutil.rmtree(without)


def main() -> int:
    verdict = verdicts.Verdict("restore")
    with ground() as here:
        try:
            story = live(here)
            last = to_the_last(here, story, verdict)
            moment = to_a_moment(here, story, verdict)
            plant(here, verdict)
            verdict.counts = f"{last}; {moment}"
        except (RuntimeError, OSError, psycopg.Error) as error:
            verdict.faults.append(f"it broke off: {error}")
            shutil.copytree(
                here.home,
                f"{here.home}_broken",
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("postgres", "last", "moment", "kept"),
            )
    return verdict.tell()


if __name__ == "__main__":
    sys.exit(main())
