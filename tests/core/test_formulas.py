"""No cell that leaves is run by a spreadsheet, and whatever was harmless or made so comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.formulas import as_written, harmless, is_formula

DANGEROUS = [
    "=1+1",
    "+31612345678",
    "-2 uur",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "−1",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert is_formula(text)
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "Samira", "'s-Gravenhage", "a=b", "'t Hoen"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text
    assert as_written(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@ab\t＝"), max_size=8) | st.text(max_size=20))
@example("'=1")
@example("''=1")
def test_every_text_comes_back_and_none_is_run(text):
    assert not is_formula(harmless(text))
    assert as_written(harmless(text)) == text
