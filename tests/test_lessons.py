"""docs/lessons.md names tests that are there, and each lesson once."""

import ast
import re

import pytest
from django.conf import settings

LESSONS = "docs/lessons.md"
ROW = re.compile(r"^\| ([A-Z]\d+) \|(.*)\|$", re.M)
OWED = re.compile(r"\bnot (run|seen|yet)\b", re.I)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows(text: str) -> list[tuple[str, list[str]]]:
    """The id of each lesson and its other columns."""
    return [(lesson, [cell.strip() for cell in cells.split(" | ")]) for lesson, cells in ROW.findall(text)]


def functions(path: str) -> set[str]:
    """The names of all tests in a file; none where there is no such file."""
    file = settings.ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def faults(text: str) -> list[str]:
    found = []
    seen: set[str] = set()
    for lesson, cells in rows(text):
        if lesson in seen:
            found.append(f"{lesson} stands there twice")
        seen.add(lesson)
        if len(cells) != 3 or not all(cells):
            found.append(f"{lesson} has not its three columns filled in")
            continue
        if OWED.search(cells[2]):
            found.append(f"{lesson} has a test that was not seen red")
        named = TEST.findall(cells[1])
        if not named:
            found.append(f"{lesson} names no test")
        found += [
            f"{lesson} names {path}::{name}, which is not there"
            for path, name in named
            if name not in functions(path)
        ]
    return found


def test_each_lesson_names_tests_that_are_there():
    text = (settings.ROOT / LESSONS).read_text(encoding="utf-8")
    found = rows(text)
    assert len(found) >= 2
    assert sum(len(TEST.findall(cells[1])) for _, cells in found) >= len(found)
    assert len(found) == text.count("\n| ") - 1  # every line of the table but its head is read
    assert faults(text) == []


THERE = "`tests/test_lessons.py::test_planted_faults_are_found`"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"| T1 | kind | {THERE} | planted |", 0),
        (f"| T1 | kind | {THERE} | planted |\n| T1 | kind | {THERE} | planted |", 1),
        (f"| T1 | kind | {THERE}, `tests/test_lessons.py::test_nothing` | planted |", 1),
        ("| T1 | kind | `tests/nowhere/test_nothing.py::test_nothing` | planted |", 1),
        ("| T1 | kind | a test | planted |", 1),
        (f"| T1 | kind | {THERE} |", 1),
        (f"| T1 | kind | {THERE} |  |", 1),
        (f"| T1 | kind | {THERE} | planted; not run on a fault yet: the other |", 1),
    ],
)
def test_planted_faults_are_found(text, found):
    assert len(faults(text)) == found
