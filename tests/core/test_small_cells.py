"""Groups under five are hidden, and no arithmetic brings them back."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.small_cells import SMALLEST_SHOWN, is_small, protected

NONE = None


def column(numbers):
    """A column with its total."""
    cells = dict(enumerate(numbers)) | {"total": sum(numbers)}
    return cells, [("total", range(len(numbers)))]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([10, 20, 30], [10, 20, 30, 60]),
        ([0, 20], [0, 20, 20]),
        ([3, 20, 30], [NONE, NONE, 30, 53]),
        ([2, 3, 30], [NONE, NONE, 30, 35]),
        # Two of one each: their sum, 2, would say so.
        ([1, 1, 30, 40], [NONE, NONE, NONE, 40, 72]),
        ([3], [NONE, NONE]),
        ([0, 3], [0, NONE, NONE]),
        ([], [0]),
    ],
)
def test_small_numbers_take_along_what_gives_them_away(numbers, shown):
    assert list(protected(*column(numbers)).values()) == shown


def test_what_is_missed_least_goes_first_and_what_is_no_person_is_never_small():
    cells = {"offered": 12, "free": 10, "taken": 2}
    shown = protected(
        cells,
        [("offered", ("free", "taken"))],
        not_people=("offered", "free"),
        missed=["offered", "free"].index,
    )
    assert shown == {"offered": None, "free": 10, "taken": None}
    assert protected({"free": 2}, [], not_people=("free",)) == {"free": 2}


def table(rows):
    """A table with the totals of its rows and columns, and of all."""
    width = len(rows[0])
    cells = {(at, to): number for at, row in enumerate(rows) for to, number in enumerate(row)}
    cells |= {(at, "all"): sum(row) for at, row in enumerate(rows)}
    cells |= {("all", to): sum(row[to] for row in rows) for to in range(width)}
    cells["all", "all"] = sum(map(sum, rows))
    sums = [((at, "all"), [(at, to) for to in range(width)]) for at in range(len(rows))]
    sums += [(("all", to), [(at, to) for at in range(len(rows))]) for to in [*range(width), "all"]]
    sums += [(("all", "all"), [("all", to) for to in range(width)])]
    return cells, sums


def solved(cells, sums, shown):
    """The hidden numbers that follow from the shown ones by adding and taking away (elimination by Gauss)."""
    unknown = [key for key in cells if shown[key] is None]
    lines = []
    for total, parts in sums:
        signs = dict.fromkeys(parts, 1) | {total: -1}
        line = [Fraction(signs.get(key, 0)) for key in unknown]
        line.append(
            Fraction(-sum(sign * shown[key] for key, sign in signs.items() if shown[key] is not None))
        )
        lines.append(line)
    at = 0
    for pivot in range(len(unknown)):
        with_it = next((line for line in lines[at:] if line[pivot]), None)
        if with_it is None:
            continue
        lines.remove(with_it)
        with_it = [value / with_it[pivot] for value in with_it]
        lines = [
            [value - line[pivot] * own for value, own in zip(line, with_it, strict=True)] for line in lines
        ]
        lines.insert(at, with_it)
        at += 1
    return {
        unknown[next(place for place, value in enumerate(line[:-1]) if value)]
        for line in lines
        if sum(bool(value) for value in line[:-1]) == 1
    }


ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_no_small_number_is_shown_and_none_is_solved_from_the_totals(rows):
    cells, sums = table(rows)
    shown = protected(cells, sums)
    assert not any(number is not None and is_small(number) for number in shown.values())
    assert all(shown[key] in {None, number} for key, number in cells.items())
    # All that was hidden may be all there is; then nothing follows from anything.
    assert not solved(cells, sums, shown)


@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=12, deadline=None)
def test_whoever_tries_all_numbers_finds_more_than_one_that_fits(rows):
    """Someone who knows that each hidden number is a person at least, and that all add up."""
    cells, sums = table(rows)
    shown = protected(cells, sums)
    inner = list(product(range(2), range(2)))
    fitting = []
    for tried in product(range(11), repeat=4):
        guess, _sums = table([list(tried[:2]), list(tried[2:])])
        if all(guess[key] == shown[key] if shown[key] is not None else guess[key] > 0 for key in cells):
            fitting.append(guess)
    for key in inner:
        if shown[key] is None:
            assert len({guess[key] for guess in fitting}) > 1


def test_large_table_is_done_at_once():
    cells, sums = table([[(row * 7 + place * 3) % 11 for place in range(6)] for row in range(12)])
    shown = protected(cells, sums)
    assert not solved(cells, sums, shown)
    assert sum(number is not None and number >= SMALLEST_SHOWN for number in shown.values()) > 10
