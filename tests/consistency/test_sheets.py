"""Every list that is cut into pages can be taken along as a file, or it is said here why not."""

import ast
from collections.abc import Iterator

import pytest

from tests.consistency.source import room

CHOOSING = "one of them is chosen"
PART = "part of a page about something else"
NOT_TAKEN = {
    "accounts/views/support.py support": "the own record holds it",
    "partnerships/views/merging.py organisation_alike_list": "questions to answer",
    "partnerships/views/merging.py organisation_merge_find": CHOOSING,
    "partnerships/views/merging.py location_merge_find": CHOOSING,
    "partnerships/views/merging_people.py person_merge_find": CHOOSING,
    "partnerships/views/organisations.py organisation_detail": "initiatives, which have a list",
    "partnerships/views/partnerships.py partnership_detail": "initiatives, which have a list",
    "placements/views/match_proposals.py _propose": CHOOSING,
    "placements/views/match_proposals.py _lists": CHOOSING,
    "placements/views/slots.py slot_manage": PART,
    "placements/views/supervisors.py supervisor_gaps": "questions to answer",
    "students/views/own_situations.py situations_context": "own words, which the own record holds",
    "students/views/student.py me": "the own record holds it",
    "students/views/workplace.py shown_situations": PART,
}
FEWEST = 25


def uncovered(module: str, source: str) -> Iterator[str]:
    """The functions that cut a list into pages and hand out no file of it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            called = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            if called & {"paginate", "paginate_list"} and "asked" not in called:
                yield f"{module} {node.name}"


def test_every_list_can_be_taken_along():
    views = room("views")
    assert sum(source.count("asked(") for source in views.values()) >= FEWEST
    found = [name for module, source in views.items() for name in uncovered(module, source)]
    assert sorted(found) == sorted(NOT_TAKEN)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("paginate(request, rows)", 1),
        ("asked(request, rows, S) or paginate(request, rows)", 0),
    ],
)
def test_planted_list_without_a_file_is_found(line, number):
    assert len(list(uncovered("x.py", f"def list_of_things(request):\n    return {line}\n"))) == number


def rows_of(call: ast.Call) -> str:
    """The rows that a call is given, without what only spares queries."""
    rows = call.args[1]
    while isinstance(rows, ast.Call) and ast.unparse(rows.func).endswith(
        (".prefetch_related", ".select_related")
    ):
        rows = rows.func.value  # type: ignore[attr-defined]  # the function ends with a name behind a stop
    return ast.unparse(rows)


def otherwise(module: str, source: str) -> Iterator[str]:
    """The functions that hand out a file of other rows than the page shows."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            given: dict[str, set[str]] = {"asked": set(), "paginate": set()}
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in given:
                    given[call.func.id].add(rows_of(call))
            if not given["asked"] <= given["paginate"]:
                yield f"{module} {node.name}"


def test_file_is_made_of_the_rows_that_the_page_shows():
    found = [name for module, source in room("views").items() for name in otherwise(module, source)]
    assert found == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("asked(request, Row.objects.all(), S) or paginate(request, filters.qs)", 1),
        ("asked(request, filters.qs, S) or paginate(request, filters.qs)", 0),
        ("asked(request, rows, S) or paginate(request, rows.prefetch_related('x'))", 0),
    ],
)
def test_planted_file_of_other_rows_is_found(line, number):
    assert len(list(otherwise("x.py", f"def list_of_things(request):\n    return {line}\n"))) == number
