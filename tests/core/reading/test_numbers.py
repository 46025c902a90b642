"""Numbers and hours as people write them and as the pages print them."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.reading import numbers
from core.reading.answers import Kind, Read, Unsure
from core.reading.numbers import DUTCH, ENGLISH
from ui import formats


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.993", "1993"),
        ("1993", "1993"),
        ("1 993", "1993"),
        ("1\u202f993", "1993"),
        ("1'993", "1993"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.993,50", "1993.5"),
        ("1,993.50", "1993.5"),
        ("1 993,5", "1993.5"),
        ("1993.5", "1993.5"),
        ("1993,5", "1993.5"),
        ("7,5", "7.5"),
        (",5", "0.5"),
        ("8224,00", "8224"),
        ("8224.0", "8224"),
        ("1.0000", "1"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("€ 1.250,-", "1250"),
        ("1.250,50 euro", "1250.5"),
        (25656.0, "25656"),
        (7.125, None),
        (7, "7"),
        ("１２", "12"),
        ('="12"', "12"),
        ("1,5,5", None),
        ("12.34.567", None),
        ("1.23,456.7", None),
        ("5,", None),
        ("1E+05", None),
        ("12 uur", None),
        ("veel", None),
    ],
)
def test_number_is_read_as_it_is_written(written, meant):
    answer = numbers.number(written, places=2)
    assert answer == Read(Decimal(meant)) if meant else str(answer.reason).startswith("“")


@pytest.mark.parametrize(
    ("written", "decimal", "places", "meant"),
    [
        ("1.993", DUTCH, 2, "1993"),
        ("1.993", DUTCH, 3, "1993"),
        ("1,993", DUTCH, 3, "1.993"),
        ("1,993", ENGLISH, 2, "1993"),
        ("1.500", DUTCH, 2, "1500"),
        ("1.500", ENGLISH, 2, "1.5"),
        ("1.993", ENGLISH, 0, "1993"),  # a whole number cannot be meant otherwise
        ("1,993", DUTCH, 0, "1993"),
        ("7.5", DUTCH, 2, "7.5"),
        ("7,5", ENGLISH, 2, "7.5"),
    ],
)
def test_number_is_read_for_who_writes(written, decimal, places, meant):
    assert numbers.number(written, places=places, decimal=decimal) == Read(Decimal(meant))


@pytest.mark.parametrize(
    ("written", "decimal", "candidates", "said"),
    [
        ("1.500", None, ("1500", "1.5"), "1500 of 1,5"),
        ("1,993", DUTCH, ("1.993", "1993"), "1,993 of 1993"),
        ("12.345", ENGLISH, ("12345", "12.345"), "12345 of 12,345"),
    ],
)
def test_number_that_can_be_two_is_asked(written, decimal, candidates, said):
    answer = numbers.number(written, places=2, decimal=decimal)
    assert answer == Unsure(Kind.GROUPING, tuple(map(Decimal, candidates)), answer.reason)
    assert str(answer.reason) == f"“{written}” kan {said} zijn."


@pytest.mark.parametrize(
    ("written", "places", "said"),
    [
        ("7,5", 0, "“7,5” is geen heel getal."),
        ("0,123", 2, "“0,123” heeft te veel cijfers achter de komma: hoogstens 2."),
        ("veel", 2, "“veel” is geen getal."),
    ],
)
def test_what_is_no_such_number_is_refused_in_words(written, places, said):
    assert str(numbers.number(written, places=places).reason) == said


def test_whole_number_is_one():
    assert numbers.whole("1.993") == Read(1993)
    assert type(numbers.whole("1.993").value) is int
    assert numbers.whole("").is_empty


@pytest.mark.parametrize(
    ("written", "decimal", "meant"),
    [
        ("7:30", None, 450),
        ("7,5", None, 450),
        ("7.5", None, 450),
        ("7,5 uur", None, 450),
        ("7u30", None, 450),
        ("7 u 30", None, 450),
        ("7 uur 30", None, 450),
        ("7h30", None, 450),
        ("7 uur", None, 420),
        ("1 uur en 15 minuten", None, 75),
        ("45 min", None, 45),
        ("8", None, 480),
        ("0", None, 0),
        ("7,25", DUTCH, 435),
        ("7,33", DUTCH, 440),
        ("7.25", ENGLISH, 435),
        ("7.75", DUTCH, 465),
        ("1.993", DUTCH, 119_580),
        (7.25, None, 435),
    ],
)
def test_hours_are_read_as_they_are_written(written, decimal, meant):
    assert numbers.minutes(written, decimal=decimal) == Read(meant)


def test_hours_with_a_point_can_be_of_the_clock():
    answer = numbers.minutes("7.30", decimal=DUTCH)
    assert answer == Unsure(Kind.CLOCK, (450, 438), answer.reason)
    assert str(answer.reason) == "“7.30” kan 7:30 of 7:18 uur zijn."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7:75", "“7:75” heeft meer dan 59 minuten."),
        ("zeven", "“zeven” is geen aantal uren. Schrijf 7:30 of 7,5."),
    ],
)
def test_what_are_no_hours_is_refused_in_words(written, said):
    assert str(numbers.minutes(written).reason) == said


@pytest.mark.parametrize(("language", "decimal"), [("nl", DUTCH), ("en", ENGLISH)])
@given(
    st.integers(-(10**9), 10**9),
    st.decimals(0, 10**6, places=2, allow_nan=False),
    st.integers(0, 60_000),
)
def test_what_pages_print_is_read_back(language, decimal, whole, divided, minutes):
    with translation.override(language):
        assert numbers.whole(formats.number(whole), decimal=decimal) == Read(whole)
        assert numbers.number(formats.number(divided), places=2, decimal=decimal) == Read(divided)
        assert numbers.minutes(formats.hours(minutes), decimal=decimal) == Read(minutes)


@given(st.text(max_size=30), st.sampled_from([None, DUTCH, ENGLISH]))
def test_nothing_that_is_written_breaks_the_reading(text, decimal):
    for read in (numbers.number, numbers.whole, numbers.minutes):
        answer = read(text, decimal=decimal)
        assert isinstance(answer, Read) or str(answer.reason)
