"""Groups under five are hidden, and no subtraction brings them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.small_cells import SMALLEST_SHOWN, hide_small


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([0, 20], [0, 20]),
        ([3, 20, 30], [None, None, 30]),
        ([3, 4, 30], [None, None, 30]),
        ([3], [None]),
        ([0, 3], [0, None]),
        ([], []),
    ],
)
def test_hide_small(numbers, shown):
    assert hide_small(numbers) == shown


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_number_is_shown_and_one_alone_is_never_hidden_beside_others(numbers):
    shown = hide_small(numbers)
    assert all(number is None or number == 0 or number >= SMALLEST_SHOWN for number in shown)
    hidden = [number for number, value in zip(numbers, shown, strict=True) if value is None]
    others = [number for number in numbers if number >= SMALLEST_SHOWN]
    assert len(hidden) != 1 or not others
