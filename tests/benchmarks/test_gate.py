"""What fails the gate: a page that became dearer, beyond what chance may do."""

import pytest

from benchmarks import gate

KEPT = {"x_bare": 1.0, "queries": 8, "buffers": 200, "error": 0.01}
SAME = {"x_bare": 1.02, "queries": 8, "buffers": 210, "error": 0.01}


def test_page_that_costs_the_same_passes():
    assert gate.worse(KEPT, SAME) == ""
    assert gate.better(KEPT, SAME) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"x_bare": 1.3}, "times the bare view"),
        ({"queries": 9}, "9 queries"),
        ({"buffers": 241}, "241 buffers"),
    ],
)
def test_page_that_became_worse_fails(change, said):
    assert said in gate.worse(KEPT, SAME | change)


def test_what_may_be_chance_does_not_fail():
    assert gate.worse(KEPT, SAME | {"x_bare": 1.3, "error": 0.04}) == ""


@pytest.mark.parametrize(
    ("change", "said"), [({"x_bare": 0.86}, "instead of 1.00"), ({"queries": 7}, "instead of 8")]
)
def test_page_that_became_better_is_told(change, said):
    assert gate.worse(KEPT, SAME | change) == ""
    assert said in gate.better(KEPT, SAME | change)
