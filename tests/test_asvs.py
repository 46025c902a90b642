"""docs/asvs.csv holds each requirement of ASVS 5.0 levels 1 and 2, and what it names exists."""

import csv
import re

import pytest
from django.conf import settings

with (settings.ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has, by chapter, section by section.
SECTIONS = """
1: 2 9 11 3 2
2: 3 3 4 1
3: 0 2 4 6 5 0 2
4: 3 1 2 4
5: 1 3 2 3
6: 3 12 4 4 5 3 0 4
7: 3 4 2 5 2 2
8: 2 3 1 1
9: 3 4
10: 2 2 4 11 5 2 3
11: 2 3 3 4 1 1
12: 3 2 4
13: 1 5 2 5
14: 2 4 3
15: 3 3 7
16: 1 5 4 3 3
17: 1 4 2
"""
HOWS = {"test", "place", "reason", "unmet"}


def counted():
    """Requirements of this file by chapter and section."""
    found: dict[int, dict[int, int]] = {}
    for row in ROWS:
        chapter, section, _number = map(int, row["id"].split("."))
        found.setdefault(chapter, {}).setdefault(section, 0)
        found[chapter][section] += 1
    return found


def told():
    lines = (line.split(":") for line in SECTIONS.strip().splitlines())
    return {
        int(chapter): {
            section: int(number) for section, number in enumerate(numbers.split(), start=1) if int(number)
        }
        for chapter, numbers in lines
    }


def exists(named):
    """Whether a test, a file or a name in a file is there."""
    if "::" in named:
        path, name = named.split("::")
        file = settings.ROOT / path
        return file.is_file() and re.search(rf"^def {name}\(", file.read_text(), re.M) is not None
    path, _colon, name = named.partition(":")
    file = settings.ROOT / path
    if not name:
        return file.exists()
    pattern = rf"^ *(?:class|def) {name}\b|^ *{name}\b *[:=]"
    return file.is_file() and re.search(pattern, file.read_text(), re.M) is not None


def test_all_253_are_there_once():
    assert len(ROWS) == 253
    assert len({row["id"] for row in ROWS}) == 253
    assert counted() == told()
    assert {row["level"] for row in ROWS} == {"1", "2"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_a_row_names_is_there(row):
    assert row["how"] in HOWS
    assert row["about"]
    named = [one for one in row["where"].split("; ") if one]
    assert [one for one in named if not exists(one)] == []
    if row["how"] in {"test", "place"}:
        assert named
    if row["how"] == "test":
        assert all("::" in one for one in named)
    if row["how"] in {"reason", "unmet"}:
        assert len(row["note"]) > 5


@pytest.mark.parametrize(
    "named", ["tests/test_asvs.py::test_that_is_not_there", "portal/logs.py:NotThere", "docs/not-there"]
)
def test_name_that_is_not_there_is_found(named):
    assert not exists(named)
