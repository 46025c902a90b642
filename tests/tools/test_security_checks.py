"""What looks for doors in the code finds each planted one, and nothing in our own."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

from tools.local import rules
from tools.local.check import static_steps

# Each opens a door that bandit knows of; what it is called with is what `make check` calls it with.
DOORS = {
    "B602": "import subprocess\nsubprocess.Popen(name, shell=True)\n",
    "B301": "import pickle\npickle.loads(body)\n",
    "B324": "import hashlib\nhashlib.md5(b'')\n",
    "B506": "import yaml\nyaml.load(text)\n",
    "B501": "import requests\nrequests.get(address, verify=False, timeout=1)\n",
}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_rule_finds_its_planted_bug(rule):
    assert rule in {one for one, _line in rules.found(rule.planted)}


def test_rule_that_finds_nothing_is_said(monkeypatch):
    asleep = rules.Rule("asleep", "never", lambda _node: False, "eval(x)")
    monkeypatch.setattr(rules, "RULES", (asleep,))
    assert rules.blind() == ["asleep"]
    assert rules.main() == 1


def test_nothing_stands_in_our_own_code(capsys):
    assert rules.main() == 0, capsys.readouterr().out
    assert int(re.search(r"(\d+) files", capsys.readouterr().out)[1]) > 300


def test_what_is_allowed_is_there_and_needs_it():
    for name, path in rules.ALLOWED:
        text = (settings.ROOT / path).read_text()
        assert name in {rule.name for rule, _line in rules.found(text)}, path


@pytest.mark.parametrize("door", DOORS)
def test_bandit_finds_each_planted_bug_as_the_check_runs_it(tmp_path, door):
    (tmp_path / "planted.py").write_text(DOORS[door])
    step = next(step for step in static_steps() if step.name == "bandit")
    command = [*step.command[: step.command.index("-r") + 1], str(tmp_path)]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, door in done.stdout) == (1, True), done.stdout


def test_list_of_parts_is_what_production_installs():
    """docs/sbom.json, by tools/make_sbom.py."""
    made = json.loads((settings.ROOT / "docs/sbom.json").read_text())
    assert made["bomFormat"] == "CycloneDX"
    parts = {(part["name"].lower(), part["version"]) for part in made["components"]}
    text = (settings.ROOT / "requirements.txt").read_text()
    locked = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", text, re.M))
    assert len(locked) > 30
    assert parts == locked, "run tools/make_sbom.py"
    assert all(part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}" for part in made["components"])


def test_checks_run_with_the_python_of_the_check():
    assert all(
        step.command[0] == sys.executable for step in static_steps() if step.name in {"bandit", "rules"}
    )
