"""The gauge; differences; provinces."""

from ui.charts import Gauge, Segment
from ui.differences import Piece, compare
from ui.maps import map_cells


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
    assert (shades["gr"], shades["ov"], shades["nb"], shades["li"]) == (0, 1, 2, 3)
