#!/usr/bin/env python3
"""Back-up of database and files, and putting it back to any second: docs/deploy.md, "Back-up".

    backup.py wal          keeps what the database writes, as it is written. Runs all the time
    backup.py files        copies files and the list of who was erased; --every 10 goes on, each ten seconds
    backup.py take         a copy of the whole database, looked at afterwards. Each night
    backup.py prune        takes away what is older than --days
    backup.py restore      makes a data folder that PostgreSQL starts from and that goes on to the moment asked for
    backup.py files-back   puts back the files that the database names, and says which are lost

Needs nothing but Python and PostgreSQL's own programs. It connects as libpq does: PGHOST, PGUSER, PGPASSFILE, or --database.
All is kept below --to; who can read that can read everything. Ends with 0, or 1 and one line of what is wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SLOT = "leerpact_backup"
LOG = "kept_log"
FORMAT = "%Y%m%dT%H%M%SZ"


class Wrong(Exception):
    """Something a person has to look at; told in one line."""


def program(asked: argparse.Namespace, name: str) -> str:
    """One of PostgreSQL's own; Debian keeps them out of the PATH."""
    folders = (
        [asked.programs] if asked.programs else [*sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    )
    for folder in folders:
        if (Path(folder) / name).exists():
            return str(Path(folder) / name)
    if found := shutil.which(name):
        return found
    raise Wrong(f"{name} is not there: name the folder of PostgreSQL's programs with --programs")


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise Wrong(f"{Path(command[0]).name}: {lines[-1]}")
    return done.stdout


def connecting(asked: argparse.Namespace) -> list[str]:
    return ["--dbname", asked.database] if asked.database else []


def told(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


# Database


def wal(asked: argparse.Namespace) -> None:
    """Becomes pg_receivewal, which writes on while nothing is lost: the slot makes the server keep what is not here yet."""
    folder = asked.to / "wal"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    receive = [program(asked, "pg_receivewal"), *connecting(asked), "--slot", SLOT]
    run([*receive, "--create-slot", "--if-not-exists"])
    told(receiving=str(folder))
    os.execv(receive[0], [*receive, "--directory", str(folder), "--synchronous"])


def take(asked: argparse.Namespace) -> None:
    """A copy of the server as it stands, with a list of digests by which it is looked at at once."""
    bases = asked.to / "base"
    bases.mkdir(parents=True, exist_ok=True, mode=0o700)
    began = time.monotonic()
    unfinished = bases / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    options = ["--checkpoint=fast", "--wal-method=stream", "--manifest-checksums=SHA256", "--no-password"]
    run([program(asked, "pg_basebackup"), *connecting(asked), *options, "--pgdata", str(unfinished)])
    run([program(asked, "pg_verifybackup"), "--quiet", str(unfinished)])
    # From its end on it can be put back to any moment; its name says when that was, in whole seconds.
    finished = bases / (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)).strftime(FORMAT)
    unfinished.rename(finished)
    files(asked)
    size = sum(path.stat().st_size for path in finished.rglob("*") if path.is_file())
    told(taken=finished.name, bytes=size, seconds=round(time.monotonic() - began, 1))


def restore(asked: argparse.Namespace) -> None:
    """The newest copy from before the moment, looked at again, and how PostgreSQL goes on from it by itself."""
    moment = dt.datetime.fromisoformat(asked.time) if asked.time else None
    if moment and moment.tzinfo is None:
        raise Wrong("--time needs its offset, as in 2026-11-30T12:00:00+01:00")
    base = _newest_before(asked.to / "base", moment)
    if asked.data.exists() and any(asked.data.iterdir()):
        raise Wrong(f"{asked.data} is not empty: move away what is there, it may be needed")
    run([program(asked, "pg_verifybackup"), "--quiet", str(base)])
    log = _log_since(base, asked.to / "wal")
    shutil.copytree(base, asked.data, symlinks=True, dirs_exist_ok=True)
    asked.data.chmod(0o700)
    # Into the folder itself: the account of PostgreSQL may not read the back-up, and would open without a word of it.
    kept = asked.data / LOG
    kept.mkdir()
    for path in log:
        shutil.copyfile(path, kept / path.name.removesuffix(".partial"))
    lines = [
        f"""restore_command = 'cp "{kept.resolve()}/%f" "%p"'""",
        "recovery_target_timeline = 'latest'",
        "recovery_target_action = 'promote'",
    ]
    if moment:
        lines.append(f"recovery_target_time = '{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}+00'")
    with (asked.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join(["# by backup.py restore", *lines, ""]))
    (asked.data / "recovery.signal").touch()
    if os.geteuid() == 0 and asked.owner:
        run(["chown", "-R", asked.owner, str(asked.data)])
    told(restored=base.name, to=asked.time or "the last that was kept", next=NEXT)


NEXT = "start PostgreSQL; backup.py files-back; manage.py check_keys, erase_again --ledger, retain; then open the portal"


def _log_since(base: Path, folder: Path) -> list[Path]:
    """What the database wrote since the copy was begun, whole: a gap would end the way back there, without a word."""
    first = _first_segment(base)
    kept = sorted(folder.glob("*"))
    pieces = {_number(path.name): path for path in kept if _is_piece(path)}
    since = {number: path for number, path in pieces.items() if number >= _number(first)}
    if not since or sorted(since) != list(range(_number(first), _number(first) + len(since))):
        raise Wrong(
            f"the log in {folder} has a gap after {first}: restore to a moment before it, from an older copy"
        )
    return [path for path in kept if path.name.endswith(".history")] + list(since.values())


def _number(piece: str) -> int:
    """Where a piece stands in the log. Its name has three parts: timeline, file, and which of the 256 of that file."""
    return int(piece[8:16], 16) * 256 + int(piece[16:24], 16)


def _is_piece(path: Path) -> bool:
    name = path.name.removesuffix(".partial")
    return len(name) == 24 and set(name) <= set("0123456789ABCDEF")


def _newest_before(bases: Path, moment: dt.datetime | None) -> Path:
    found = [base for base in _bases(bases) if moment is None or _taken(base) <= moment]
    if not found:
        raise Wrong(f"no copy in {bases} is from before {moment or 'now'}")
    return found[-1]


def _bases(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*T*Z") if path.is_dir())


def _taken(base: Path) -> dt.datetime:
    return dt.datetime.strptime(base.name, FORMAT).replace(tzinfo=dt.UTC)


# Files


def files(asked: argparse.Namespace) -> None:
    """Copies what is new. A file is written before its row and never changed: each row that was kept has its file here.

    What is gone there stays here until `prune`, for who goes back to a moment at which it was still needed.
    """
    copies = asked.to / "files"
    copies.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = 0
    there = set(_relative(asked.media))
    here = set(_relative(copies))
    for name in sorted(there - here):
        target = copies / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(asked.media / name, beside)
        except FileNotFoundError:  # gone meanwhile: so is its row
            continue
        beside.replace(target)
        new += 1
    gone = _gone(asked)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    gone = {name: gone.get(name, today) for name in sorted(here - there)}
    _write(asked.to / "gone.json", json.dumps(gone))
    erased = _copy_ledger(asked)
    if new or (asked.command == "files" and not asked.every):
        told(files=len(there | here), new=new, gone=len(gone), erased=erased)


def _relative(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.endswith(".part"):
            yield str(path.relative_to(folder))


def _gone(asked: argparse.Namespace) -> dict[str, str]:
    path = asked.to / "gone.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return known


def _copy_ledger(asked: argparse.Namespace) -> int:
    """Only ever grows: a host that was made anew begins with an empty one."""
    ours = asked.to / "erased.txt"
    lines = set(ours.read_text().splitlines()) if ours.exists() else set()
    if asked.ledger and asked.ledger.exists():
        lines |= set(asked.ledger.read_text().splitlines())
    _write(ours, "".join(f"{line}\n" for line in sorted(lines) if line.strip()))
    return len(lines)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text)
    beside.chmod(0o600)
    beside.replace(path)


def files_back(asked: argparse.Namespace) -> None:
    """By the rows of the database that was put back, so that no file of an erased person comes along unasked."""
    question = "SELECT path FROM core_storedfile ORDER BY path"
    psql = [program(asked, "psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--command", question]
    named = run([*psql, *connecting(asked)]).splitlines()
    lost, back = [], 0
    for name in named:
        target, copy = asked.media / name, asked.to / "files" / name
        if target.exists():
            continue
        if not copy.exists():
            lost.append(name)
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(copy, target)
        target.chmod(0o600)
        back += 1
    told(named=len(named), back=back, lost=lost)
    if lost:
        raise Wrong(f"{len(lost)} of {len(named)} files that the database names are not in the back-up")


def prune(asked: argparse.Namespace) -> None:
    """Older copies, but never the last one; what was written before the oldest left; files gone for as long."""
    ends = dt.datetime.now(dt.UTC) - dt.timedelta(days=asked.days)
    bases = _bases(asked.to / "base")
    # The newest of the old ones stays: from it one gets to the first moment that is still promised.
    old = [base for base in bases if _taken(base) < ends][:-1]
    for base in old:
        shutil.rmtree(base)
    left = [base for base in bases if base not in old]
    if left:
        first = _first_segment(left[0])
        run([program(asked, "pg_archivecleanup"), str(asked.to / "wal"), first])
    gone = _gone(asked)
    over = [name for name, day in gone.items() if day < ends.date().isoformat()]
    for name in over:
        (asked.to / "files" / name).unlink(missing_ok=True)
    _write(asked.to / "gone.json", json.dumps({name: day for name, day in gone.items() if name not in over}))
    told(copies=len(left), copies_gone=len(old), files_gone=len(over))


def _first_segment(base: Path) -> str:
    """The first piece of the log that the copy needs, as its label says it."""
    for line in (base / "backup_label").read_text().splitlines():
        if line.startswith("START WAL LOCATION"):
            return line.rpartition("file ")[2].rstrip(")")
    raise Wrong(f"{base} has no label")


COMMANDS = {
    "wal": wal,
    "files": files,
    "take": take,
    "prune": prune,
    "restore": restore,
    "files-back": files_back,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "--to", type=Path, required=True, help="folder of the back-up, on another disk or host"
    )
    parser.add_argument(
        "--database", default="", help="how to connect, as libpq has it; else by PGHOST and so on"
    )
    parser.add_argument("--programs", default="", help="folder of PostgreSQL's programs")
    parser.add_argument("--media", type=Path, default=Path("/srv/leerpact/var/media"), help="MEDIA_ROOT")
    parser.add_argument(
        "--ledger", type=Path, default=Path("/srv/leerpact/var/erased.txt"), help="ERASURE_LEDGER"
    )
    parser.add_argument(
        "--every", type=float, default=0, help="for files: go on, with so many seconds between"
    )
    parser.add_argument("--days", type=int, default=30, help="for prune: how far back one must be able to go")
    parser.add_argument("--data", type=Path, help="for restore: the data folder to make")
    parser.add_argument("--time", default="", help="for restore: the moment; else the last that was kept")
    parser.add_argument("--owner", default="postgres:postgres", help="for restore: whose the data folder is")
    asked = parser.parse_args()
    if asked.command == "restore" and asked.data is None:
        parser.error("restore needs --data")
    os.umask(0o077)
    try:
        COMMANDS[asked.command](asked)
        while asked.command == "files" and asked.every:
            time.sleep(asked.every)
            files(asked)
    except (Wrong, OSError, ValueError) as error:
        print(f"backup.py {asked.command}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
