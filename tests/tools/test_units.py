"""The units of deploy/ are ones that systemd knows; where it is not there to ask, nothing is said."""

import re
import shutil
import subprocess

import pytest

from tools.local.paths import ROOT

UNITS = sorted((ROOT / "deploy/systemd").iterdir())
ELSEWHERE = re.compile(r"Command /srv/leerpact/\S+ is not executable: No such file or directory$")
pytestmark = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")


def said_of(unit) -> list[str]:
    """What systemd says of a unit, but that the portal is not installed on this machine."""
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return [line for line in done.stderr.splitlines() if line and not ELSEWHERE.search(line)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_of_a_unit(unit):
    assert said_of(unit) == []


def test_a_mistake_is_said(tmp_path):
    unit = tmp_path / "leerpact-web.service"
    text = (ROOT / "deploy/systemd/leerpact-web.service").read_text()
    unit.write_text(text.replace("Restart=always", "Restart=perhaps\nRestartAfter=2"))
    assert len(said_of(unit)) == 2
