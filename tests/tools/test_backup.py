"""deploy/backup.py where it needs no database: files, gaps in the log, what is taken away. The rest: drills/restore.py."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

START = "000000010000000000000004"


@pytest.fixture
def places(tmp_path):
    """The portal's files and its back-up, with one copy of yesterday; PostgreSQL's programs say yes."""
    programs = tmp_path / "programs"
    for name in ("media", "kept/wal", "programs"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("pg_verifybackup", "pg_archivecleanup"):
        (programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/called\n')
        (programs / name).chmod(0o755)
    copied(tmp_path, days=1)
    return tmp_path


def copied(places, *, days):
    base = places / "kept/base" / f"{datetime.now(UTC) - timedelta(days=days):%Y%m%dT%H%M%SZ}"
    base.mkdir(parents=True)
    (base / "backup_label").write_text(f"START WAL LOCATION: 0/4000028 (file {START})\n")
    return base


def run(places, command, *arguments):
    script = [sys.executable, str(settings.ROOT / "deploy/backup.py"), command, "--to", str(places / "kept")]
    script += ["--programs", str(places / "programs"), "--media", str(places / "media")]
    script += ["--ledger", str(places / "erased.txt"), "--owner", f"{os.getuid()}:{os.getgid()}", *arguments]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip(), json.loads(done.stdout or "{}")


def log(places, *numbers):
    for number in numbers:
        (places / "kept/wal" / f"{START[:16]}{number:08X}").write_text("log")


def test_file_that_went_stays_in_the_back_up_for_its_days(places):
    (places / "media/evidence").mkdir()
    (places / "media/evidence/one").write_text("one")
    assert run(places, "files")[2] == {"files": 1, "new": 1, "gone": 0, "erased": 0}
    (places / "media/evidence/one").unlink()
    assert run(places, "files")[2] == {"files": 1, "new": 0, "gone": 1, "erased": 0}
    run(places, "prune", "--days", "30")
    assert (places / "kept/files/evidence/one").read_text() == "one"
    run(places, "prune", "--days", "-1")
    assert not (places / "kept/files/evidence/one").exists()


def test_list_of_the_erased_never_shrinks(places):
    (places / "erased.txt").write_text("a 2026-11-01\n")
    run(places, "files")
    (places / "erased.txt").write_text("b 2026-11-02\n")
    assert run(places, "files")[2]["erased"] == 2
    assert (places / "kept/erased.txt").read_text() == "a 2026-11-01\nb 2026-11-02\n"


def test_restore_takes_the_whole_log_with_it(places):
    log(places, 3, 4, 5)
    (places / "kept/wal" / f"{START[:16]}00000006.partial").write_text("log")
    code, _said, _told = run(places, "restore", "--data", str(places / "data"))
    assert code == 0
    names = sorted(path.name[-1] for path in (places / "data/kept_log").iterdir())
    assert names == ["4", "5", "6"]
    assert (places / "data/recovery.signal").exists()


@pytest.mark.parametrize("numbers", [(), (5, 6), (4, 6)], ids=["nothing", "no beginning", "one missing"])
def test_gap_in_the_log_is_told_before_anything_is_made(places, numbers):
    log(places, *numbers)
    code, said, _told = run(places, "restore", "--data", str(places / "data"))
    assert (code, "has a gap" in said, (places / "data").exists()) == (1, True, False)


def test_full_data_folder_and_moment_without_offset_are_refused(places):
    log(places, 4)
    (places / "data").mkdir()
    (places / "data/PG_VERSION").touch()
    assert "is not empty" in run(places, "restore", "--data", str(places / "data"))[1]
    assert "needs its offset" in run(places, "restore", "--data", "x", "--time", "2026-11-30 12:00")[1]


def test_moment_from_before_the_first_copy_is_refused(places):
    log(places, 4)
    said = run(places, "restore", "--data", str(places / "data"), "--time", "2020-01-01T00:00:00+00:00")[1]
    assert "is from before 2020" in said


def test_prune_keeps_what_leads_to_the_first_moment_that_is_promised(places):
    oldest, older = copied(places, days=50), copied(places, days=40)
    told = run(places, "prune", "--days", "30")[2]
    assert (oldest.exists(), older.exists(), told["copies"]) == (False, True, 2)
    assert START in (places / "called").read_text()
