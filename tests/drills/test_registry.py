"""Every drill is registered, told in docs/drills.md, has a control, and passes only with a verdict of its own."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from drills import __main__ as command
from drills.registry import DRILLS, Drill
from drills.verdicts import LINE, Verdict, line_in
from tools.local.paths import ROOT

TABLE = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


def run_by_themselves() -> set[str]:
    """The modules of `drills` that are commands."""
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "drills").rglob("*.py")
        if path != ROOT / "drills/__main__.py" and '__name__ == "__main__"' in path.read_text()
    }
    assert found
    return found


def test_every_command_is_registered_and_every_registered_one_is_there():
    assert {drill.module for drill in DRILLS.values()} == run_by_themselves()
    assert all(importlib.util.find_spec(drill.module) for drill in DRILLS.values())
    assert all(name == drill.name for name, drill in DRILLS.items())


def test_every_drill_is_told_with_its_control():
    text = (ROOT / "docs/drills.md").read_text()
    table = text[: text.index("## Seen")]
    told = {name for row in TABLE.findall(table) for name in re.findall(r"`(\w+)`", row)}
    assert told == set(DRILLS)
    assert all(drill.control for drill in DRILLS.values())


def test_a_drill_without_a_found_control_has_not_passed(capsys):
    lacks = Verdict("places", "2 sequences", planted={"a seat for all": None})
    never = Verdict("places", "2 sequences")
    good = Verdict("places", "2 sequences", planted={"a seat for all": "after 3 sequences"})
    away = Verdict("places", planted={"a seat for all": "x"}, skipped="there is no node")
    wrong = Verdict("places", "2 sequences", faults=["it differs"], planted={"a seat for all": "at once"})
    assert [one.tell() for one in (lacks, never, good, away, wrong)] == [1, 1, 0, 1, 1]
    lines = capsys.readouterr().out.splitlines()
    verdicts = [match["verdict"] for line in lines if (match := LINE.match(line))]
    assert verdicts == ["FAILED", "FAILED", "ok", "skipped", "FAILED"]
    assert "not found: a seat for all" in lines
    assert "it differs" in lines


def drill_of(tmp_path: Path, program: str) -> Drill:
    (tmp_path / "tried_drill.py").write_text(program)
    return Drill("tried", "tried_drill", "none")


@pytest.mark.parametrize(
    ("program", "passes"),
    [
        ("from drills.verdicts import Verdict; Verdict('tried', '1', planted={'a': 'b'}).tell()", True),
        ("from drills.verdicts import Verdict; Verdict('other', '1', planted={'a': 'b'}).tell()", False),
        ("raise SystemExit(0)", False),
        ("1 / 0", False),
    ],
    ids=["good", "another's line", "silent", "broken"],
)
def test_what_ends_without_its_verdict_has_failed(tmp_path, monkeypatch, capsys, program, passes):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert command.run(drill_of(tmp_path, program)) is passes
    line = line_in(capsys.readouterr().out.splitlines(), "tried")
    assert line.startswith("ok" if passes else "FAILED")


def test_an_unknown_name_is_told_with_those_there_are():
    done = subprocess.run(
        [sys.executable, "-m", "drills", "plaices"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "plaices" in done.stderr
    assert "places, plans" in done.stderr


def test_standard_output_has_the_verdict_and_what_is_wrong_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    program = "print('filling'); from drills.verdicts import Verdict; Verdict('tried', '1', faults=['it differs']).tell()"
    command.run(drill_of(tmp_path, program))
    said = capsys.readouterr()
    assert said.out.startswith("FAILED")
    assert "it differs" in said.out
    assert "filling" in said.err
