"""Postcodes, crebo codes, core tasks and work processes in the one form in which they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import codes
from core.reading.answers import Read

NO_POSTCODE = "“%s” is geen Nederlandse postcode. Schrijf 8224 AB of 8224."
NO_CREBO = "“%s” is geen crebo: dat heeft 5 cijfers."
NO_TASK = "“%s” is geen code van een kerntaak: die ziet eruit als B1-K1."
NO_PROCESS = "“%s” is geen code van een werkproces: die ziet eruit als B1-K1-W3."


@pytest.mark.parametrize(
    ("written", "whole", "digits"),
    [
        ("8224 AB", "8224 AB", "8224"),
        ("8224AB", "8224 AB", "8224"),
        ("8224ab", "8224 AB", "8224"),
        ("8224-AB", "8224 AB", "8224"),
        ("8224.0", "8224", "8224"),
        ("8224,00", "8224", "8224"),
        (8224.0, "8224", "8224"),
        (8224, "8224", "8224"),
        ("٨٢٢٤ AB", "8224 AB", "8224"),
        ("NL-8224", "8224", "8224"),
        ("NL 8224 AB", "8224 AB", "8224"),
        (" 8224 ", "8224", "8224"),
        ("8224\xa0AB", "8224 AB", "8224"),
    ],
)
def test_postcode_is_read_as_it_is_written(written, whole, digits):
    assert codes.postcode(written) == Read(whole)
    assert codes.pc4(written) == Read(digits)


@pytest.mark.parametrize("written", ["0824", "B-2000", "48488", "822", "8224 SS", "8224 A", "Dronten"])
def test_what_is_no_dutch_postcode_is_refused(written):
    assert str(codes.pc4(written).reason) == NO_POSTCODE % written


@pytest.mark.parametrize(
    "written",
    ["25.656", "25,656", "25 656", "25656.0", '="25656"', "'25656", "025656", " 25656", 25656, 25656.0],
)
def test_crebo_is_read_as_it_is_written(written):
    assert codes.crebo(written) == Read("25656")


@pytest.mark.parametrize("written", ["5656", "256567", "00000", "25-656", "crebo"])
def test_what_is_no_crebo_is_refused(written):
    assert str(codes.crebo(written).reason) == NO_CREBO % written


@pytest.mark.parametrize(
    ("core_task", "process", "meant"),
    [
        ("B1-K1", "B1-K1-W1 ", "B1-K1-W1"),
        ("B1K1", "B1K1W1", "B1-K1-W1"),
        ("B1-K1", "B1-K1-W10", "B1-K1-W10"),
        ("P2-K1", "P2-K1-W1", "P2-K1-W1"),
        ("b1-k1", "b1-k1-w1", "B1-K1-W1"),
        ("B1–K1", "B1–K1–W1", "B1-K1-W1"),
        ("B1 - K1", "B1 - K1 - W1", "B1-K1-W1"),
        ("B1.K1", "B1 K1 W1", "B1-K1-W1"),
    ],
)
def test_codes_of_a_file_are_read_as_they_are_written(core_task, process, meant):
    assert codes.core_task(core_task) == Read(meant.rpartition("-")[0])
    assert codes.work_process(process) == Read(meant)


@pytest.mark.parametrize("written", ["D1-K1", "1.1", "B1", "B1-K1-W1"])
def test_what_is_no_core_task_is_refused(written):
    assert str(codes.core_task(written).reason) == NO_TASK % written


@pytest.mark.parametrize("written", ["D1-K1-W1", "1.1.1", "B1-K1", "B1-K1-W123"])
def test_what_is_no_work_process_is_refused(written):
    assert str(codes.work_process(written).reason) == NO_PROCESS % written


@given(st.text(max_size=30))
def test_nothing_that_is_written_breaks_the_reading(text):
    for read in (codes.postcode, codes.pc4, codes.crebo, codes.core_task, codes.work_process):
        answer = read(text)
        assert isinstance(answer, Read) or str(answer.reason)


@pytest.mark.parametrize(
    "read", [codes.postcode, codes.pc4, codes.crebo, codes.core_task, codes.work_process]
)
def test_nothing_is_no_fault_of_what_was_written(read):
    assert read(" ").is_empty
