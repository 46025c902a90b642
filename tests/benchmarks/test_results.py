"""What was measured is kept, and the document shows exactly that."""

import copy

import pytest

from benchmarks import results


def test_document_shows_what_is_kept():
    assert results.sizes(), "nothing is kept"
    _before, _begin, rest = results.DOCUMENT.read_text().partition(results.BEGIN)
    shown, end, _after = rest.partition(results.END)
    assert end, "the document has no place for the tables"
    assert shown == results.shown(), "python -m benchmarks.results"


def test_another_figure_is_seen():
    kept = results.read(results.sizes()[0])
    other = copy.deepcopy(kept)
    other["pages"][0]["x_bare"] += 1
    assert results.table(other) != results.table(kept)


@pytest.mark.parametrize(
    ("figure", "value", "named"),
    [
        ("x_bare", 99, "× bare"),
        ("x_floor", 99, "× B"),
        ("queries", 99, "queries"),
        ("buffers", 99_999, "buffers"),
        ("cold", 99, "× B cold"),
    ],
)
def test_what_is_over_its_budget_is_told(figure, value, named):
    row = {"budget": {"bare": 1, "floor": 2, "queries": 6, "buffers": 150, "cold": 2}}
    row |= {"x_bare": 0.5, "x_floor": 1.5, "queries": 6, "buffers": 150, "cold": 1.5}
    assert results.over(row) == []
    [told] = results.over(row | {figure: value})
    assert told.startswith(named)
