"""Scales, paths and bars; differences; provinces."""

from itertools import pairwise

import pytest

from ui.charts import Gauge, LineChart, Segment, TableChart, nice_ceiling, ticks
from ui.differences import Piece, compare
from ui.maps import map_cells


@pytest.mark.parametrize(
    ("value", "top"),
    [
        (0, 1),
        (1, 1),
        (2, 2),
        (3, 4),
        (9, 10),
        (11, 20),
        (57, 60),
        (118, 200),
        (350, 400),
        (999, 1000),
        (1001, 2000),
    ],
)
def test_axis_ends_at_a_round_number(value, top):
    assert nice_ceiling(value) == top


@pytest.mark.parametrize(
    ("top", "lines"),
    [(60, [60, 40, 20, 0]), (200, [200, 150, 100, 50, 0]), (1, [1, 0]), (10, [10, 8, 6, 4, 2, 0])],
)
def test_axis_lines_are_whole_steps(top, lines):
    assert ticks(top) == lines


def test_line_runs_from_zero_axis_to_the_top():
    chart = LineChart("t", "f", ["a", "b", "c"], [("BBL", [0, 50, 100])])
    assert chart.lines[0].path == "M60 200L255 110L450 20"
    assert (chart.lines[0].end_x, chart.lines[0].end_y, chart.lines[0].last) == ("450", "20", 100)


def test_one_period_is_a_point_at_the_end():
    assert LineChart("t", "f", ["a"], [("BBL", [4])]).lines[0].path == "M450 20"


def test_end_labels_do_not_touch():
    chart = LineChart("t", "f", ["a"], [("A", [50]), ("B", [50]), ("C", [49])])
    heights = sorted(float(line.label_y) for line in chart.lines)
    assert all(second - first >= 18 for first, second in pairwise(heights))


def test_many_periods_are_thinned_and_the_last_one_stays():
    chart = LineChart("t", "f", [str(i) for i in range(24)], [("A", list(range(24)))])
    assert [label for _x, label in chart.marks] == ["3", "7", "11", "15", "19", "23"]


def test_chart_refuses_five_series_and_uneven_ones():
    with pytest.raises(ValueError, match="1 to 4"):
        LineChart("t", "f", ["a"], [(str(i), [1]) for i in range(5)])
    with pytest.raises(ValueError, match="every period"):
        LineChart("t", "f", ["a", "b"], [("A", [1])])


def test_parts_end_the_bar_of_the_first_value():
    rows = TableChart("c", "h", ["Plekken", "Vrij"], [("VVT", [200, 50]), ("GGZ", [100, 0])]).rows
    assert list(rows[0].segments) == [Segment(1, 0, 750), Segment(2, 750, 250)]
    assert list(rows[1].segments) == [Segment(1, 0, 500)]


def test_stacked_bars_add_up():
    rows = TableChart("c", "h", ["A", "B"], [("x", [30, 70])], stacked=True).rows
    assert list(rows[0].segments) == [Segment(1, 0, 300), Segment(2, 300, 700)]


def test_bars_of_nothing_are_empty():
    assert list(TableChart("c", "h", ["A"], [("x", [0])]).rows[0].segments) == []


def test_gauge_grows_past_its_target():
    gauge = Gauge(target=100, firm=120)
    assert gauge.scale == 120
    assert gauge.segments == [Segment(1, 0, 1000)]


def test_gauge_without_target_does_not_divide_by_zero():
    assert Gauge(target=0, firm=0).segments == []


def test_differences_put_together_are_the_texts():
    old, new = "Ik meet, onder toezicht.", "Ik meet zelf en leg uit."
    left, right = compare(old, new)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    assert left[0] == Piece("Ik meet", False)


def test_shades_run_from_few_to_most():
    shades = {cell.province.code: cell.shade for cell in map_cells({"gr": 0, "ov": 1, "nb": 5, "li": 8}, "")}
    assert (shades["gr"], shades["ov"], shades["nb"], shades["li"]) == (0, 0, 2, 3)
