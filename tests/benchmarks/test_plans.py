"""What each list, first page and work page reads with 20,000 students: no table end to end, no more than its budget.

Filling takes most of a minute, so `make check` runs it (`pytest --plans`). The old ways, of which is known that they are
at fault, must be found so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from benchmarks import judging
from benchmarks.__main__ import filled
from benchmarks.measuring import Remote, looked
from benchmarks.pages import LEARNING, LIST, SUMS, B

STUDENTS = 20_000
# A row, by its id or slug.
NAMED = re.compile(r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/|/(initiatief|oproep)-[0-9]+/")
# What is not mended yet; a page that keeps to its budget again is taken out.
NOT_YET = frozenset(
    {
        "matching",
        "matching in a cohort",
        # Which organisations have no manager, and which look alike, stands in no column: all are looked at.
        "administrator",
        "first managers",
        "organisations alike",
        # Lets one choose from all organisations there are, instead of looking for one by name.
        "invite a member",
        # Finds by a union, for which the planner reads all organisations, the employers that a school relies on.
        "new accreditation",
        # And from all students of a partnership.
        "seat for who takes part",
        # With a supervisor of some students in the region: a goal by six, a plan by one, and as its teacher sees it.
        "goal",
        "plan",
        "plan of a student",
        "plan to edit",
        "plan to print",
        "what a plan covers",
    }
)


@pytest.fixture(scope="module", autouse=True)
def asked(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("plans"):
        pytest.skip("only with --plans, as in make check")


@pytest.fixture(scope="module")
def environment(asked: None) -> dict[str, str]:
    return filled(STUDENTS)


@pytest.fixture(scope="module")
def worker(environment: dict[str, str]) -> Iterator[Remote]:
    with Remote("ours", environment) as started:
        yield started


@pytest.fixture(scope="module")
def found(worker: Remote) -> dict[str, dict[str, Any]]:
    return looked(worker) | looked(worker, more=True)


def test_no_page_reads_more_than_it_may(found: dict[str, dict[str, Any]]) -> None:
    at_fault = {name: said for name, page in found.items() if (said := _faults(page))}
    told = "\n".join(f"{name}: {line}" for name, said in at_fault.items() for line in said)
    assert set(at_fault) - NOT_YET == set(), told
    mended = {name for name in NOT_YET if not _faults(found[name], room=0.8)}
    assert mended == set(), "take it out of NOT_YET"


def test_deepest_page_reads_what_the_first_does(found: dict[str, dict[str, Any]]) -> None:
    """All rows have a place in the order; what is joined to a row is read of those of the page alone."""
    pairs = {
        name: (_buffers(found[first]), _buffers(page))
        for name, page in found.items()
        if (first := name.removesuffix(", deepest")) != name and not {first, name} & NOT_YET
    }
    assert pairs
    assert {name: pair for name, pair in pairs.items() if pair[1] > pair[0] * 1.2} == {}


def _buffers(page: dict[str, Any]) -> int:
    return sum(one["buffers"] for one in page["statements"])


def _faults(page: dict[str, Any], *, room: float = 1) -> list[str]:
    return judging.faults(page["statements"], round(page["budget"]["buffers"] * room))


def test_work_of_the_database_is_counted(environment: dict[str, str]) -> None:
    """A page whose query sorts thousands of places costs the database more than the bare page does."""
    with Remote("bare", environment) as bare:
        [finder] = [page["bare"] for page in bare.ask("pages") if page["name"] == "finder, free"]
        taken = {path: [bare.ask("get", path=path)["base"] for _turn in range(5)] for path in (B, finder)}
    assert min(taken[B]) > 0
    assert min(taken[finder]) > 3 * min(taken[B])


def test_bare_views_show_the_same_rows(environment: dict[str, str], worker: Remote) -> None:
    """Each row that a bare view links to stands on our page, and of rows of that kind ours has no more."""
    with Remote("bare", environment) as bare:
        for page in worker.ask("pages"):
            ours = worker.ask("links", path=page["ours"], cookie=page["cookie"])
            theirs = bare.ask("links", path=page["bare"])
            rows = {link for link in theirs if NAMED.search(link)}
            assert _names(rows) <= _names(ours), (page["name"], _names(rows) - _names(ours))
            kinds = {NAMED.sub("/*/", link) for link in rows}
            alike = {link for link in ours if NAMED.search(link) and NAMED.sub("/*/", link) in kinds}
            assert alike <= rows, (page["name"], alike - rows)


def _names(links: Iterable[str]) -> set[str]:
    """By what each row is called, whichever page of it the link leads to."""
    return {found.group() for link in links for found in NAMED.finditer(link)}


@pytest.mark.parametrize(
    ("way", "budget", "said"),
    [
        ("school_start", SUMS, "buffers of at most"),
        ("students_work", LEARNING, "students_worksituation from end to end"),
        ("deepest_page", LIST, "buffers of at most"),
    ],
)
def test_old_way_is_found(worker: Remote, way: str, budget, said: str) -> None:
    found = judging.faults(worker.ask("old", way=way)["statements"], budget.buffers)
    assert any(said in line for line in found), found


def test_planning_at_each_visit_is_found(environment: dict[str, str]) -> None:
    """Statements that are not prepared on the server are planned each time."""
    with Remote("ours", environment | {"PREPARED_STATEMENTS": "false"}) as plain:
        [page] = [one for one in plain.ask("pages") if one["name"] == "agreement"]
        look = plain.ask("look", path=page["ours"], cookie=page["cookie"])
    found = judging.faults(look["statements"], 10_000)
    assert any("anew at each visit" in line for line in found), found
