"""Days and times as people write them: what each means, what is asked, and why the rest is refused."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.reading import days
from core.reading.answers import Kind, Read, Refused, Unsure
from core.reading.days import Order
from ui import formats

BIRTHDAY = dt.date(2004, 3, 14)
START = dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4-3-2004", dt.date(2004, 3, 4)),
        ("04-03-04", dt.date(2004, 3, 4)),
        ("14/03/2004", BIRTHDAY),
        ("2004-03-14", BIRTHDAY),
        ("14 maart 2004", BIRTHDAY),
        ("14-mrt-04", BIRTHDAY),
        ("38060", BIRTHDAY),
        ("38060.0", BIRTHDAY),
        ("38060,75", BIRTHDAY),
        (38060, BIRTHDAY),
        (38060.5, BIRTHDAY),
        (BIRTHDAY, BIRTHDAY),
        (dt.datetime(2004, 3, 14, 9, 30), BIRTHDAY),  # noqa: DTZ001  a cell has no time zone
        ("14-3-2004 00:00", BIRTHDAY),
        ("2004-03-14T00:00:00Z", BIRTHDAY),
        ("14-3-2004 0:00:00", BIRTHDAY),
        ("14.03.2004", BIRTHDAY),
        ("14 3 2004", BIRTHDAY),
        ("20040314", BIRTHDAY),
        ("14032004", BIRTHDAY),
        ("14 – 3 – 2004", BIRTHDAY),
        ("zondag 14 maart 2004", BIRTHDAY),
        ("zo 14 mrt. '04", BIRTHDAY),
        ("14e maart 2004", BIRTHDAY),
        ("March 14, 2004", BIRTHDAY),
        ("14th March 2004", BIRTHDAY),
        ("14-MRT-2004", BIRTHDAY),
        ("14 sept 2004", dt.date(2004, 9, 14)),
        ("03-14-2004", BIRTHDAY),
        (' ="14-3-2004" ', BIRTHDAY),
        ("\u200b14-3-2004\xa0", BIRTHDAY),
        ("１４-３-２００４", BIRTHDAY),
        ("1-8-2025", START),
        ("01-08-25", START),
        ("1 augustus 2025", START),
        ("2025-8-1", START),
        ("45870", START),
        ("01-08-2025 00:00", START),
        ("04/04/2009", dt.date(2009, 4, 4)),
        ("14-3-69", dt.date(1969, 3, 14)),
        ("14-3-29", dt.date(2029, 3, 14)),
    ],
)
def test_day_is_read_as_it_is_written(written, meant):
    assert days.day(written) == Read(meant)


@pytest.mark.parametrize(
    ("written", "one", "other", "said"),
    [
        ("03/04/2009", dt.date(2009, 4, 3), dt.date(2009, 3, 4), "3 april 2009 of 4 maart 2009"),
        ("12/11/2008", dt.date(2008, 11, 12), dt.date(2008, 12, 11), "12 november 2008 of 11 december 2008"),
        ("01/08/2025", START, dt.date(2025, 1, 8), "1 augustus 2025 of 8 januari 2025"),
    ],
)
def test_day_that_may_be_a_month_is_asked_until_the_order_is_known(written, one, other, said):
    answer = days.day(written)
    assert answer == Unsure(Kind.DAY_OR_MONTH, (one, other), answer.reason)
    assert str(answer.reason) == f"“{written}” kan {said} zijn: staat de dag of de maand voorop?"
    assert days.day(written, order=Order.DAY_FIRST) == Read(one)
    assert days.day(written, order=Order.MONTH_FIRST) == Read(other)


def test_known_order_refuses_the_other():
    assert days.day("14/03/2004", order=Order.MONTH_FIRST).reason == (
        "“14/03/2004” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."
    )
    assert isinstance(days.day("03-14-2004", order=Order.DAY_FIRST), Refused)


@pytest.mark.parametrize(
    ("column", "orders"),
    [
        (["4-3-2004", "14-3-2004", "38060", ""], {Order.DAY_FIRST}),
        (["03/04/2009", "03/14/2009 0:00"], {Order.MONTH_FIRST}),
        (["03/04/2009", "12/11/2008", "2004-03-14", "14 maart 2004"], set()),
        (["14/3/2004", "3/14/2004"], {Order.DAY_FIRST, Order.MONTH_FIRST}),
    ],
)
def test_column_shows_its_order(column, orders):
    assert days.orders_in(column) == orders


def test_year_that_may_be_of_two_centuries_is_asked_unless_one_of_them_cannot_be():
    answer = days.day("12-05-58")
    assert answer == Unsure(Kind.CENTURY, (dt.date(1958, 5, 12), dt.date(2058, 5, 12)), answer.reason)
    assert str(answer.reason) == (
        "“12-05-58” kan 12 mei 1958 of 12 mei 2058 zijn. Schrijf het jaar met vier cijfers."
    )
    assert days.day("12-05-58", last=dt.date(2026, 11, 29)) == Read(dt.date(1958, 5, 12))
    assert days.day("12-05-58", first=dt.date(2026, 11, 29)) == Read(dt.date(2058, 5, 12))
    assert days.day("03/04/58").kind == Kind.DAY_OR_MONTH
    assert days.day("03/04/58", order=Order.DAY_FIRST).kind == Kind.CENTURY


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("29-02-2003", "“29-02-2003” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."),
        ("31-4-2004", "“31-4-2004” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."),
        ("binnenkort", "“binnenkort” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."),
        ("99999", "“99999” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."),
        ("14-3", "“14-3” heeft geen jaar. Vul dag, maand en jaar in, bijvoorbeeld 26-11-2026."),
        ("14 maart", "“14 maart” heeft geen jaar. Vul dag, maand en jaar in, bijvoorbeeld 26-11-2026."),
        ("2004", "“2004” heeft geen dag en maand. Vul de hele datum in, bijvoorbeeld 26-11-2026."),
        ("0026-01-01", "Vul het jaar in met vier cijfers, tussen 1900 en 2199."),
    ],
)
def test_what_is_no_day_is_refused_with_what_was_written(written, said):
    assert str(days.day(written).reason) == said


def test_day_outside_the_days_that_are_possible_is_refused():
    answer = days.day("14-03-2204", first=dt.date(1926, 1, 1), last=dt.date(2012, 11, 29))
    assert str(answer.reason) == "“14-03-2204” is geen dag van 1 januari 1926 tot en met 29 november 2012."


@pytest.mark.parametrize("written", ["", "  ", "\u200b"])
def test_nothing_is_no_fault_of_what_was_written(written):
    assert days.day(written).is_empty
    assert days.clock(written).is_empty


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.times(), st.sampled_from(["nl", "en"]))
def test_what_pages_print_is_read_back(day, time, language):
    with translation.override(language):
        assert days.day(formats.day(day)) == Read(day)
        moment = f"{formats.day(day)}, {formats.clock(time)}"
        assert days.day(moment) == Read(day)
        assert days.clock(formats.clock(time)) == Read(time.replace(second=0, microsecond=0))


@given(st.text(max_size=30))
def test_nothing_that_is_written_breaks_the_reading(text):
    for answer in (days.day(text), days.clock(text)):
        assert isinstance(answer, Read) or str(answer.reason)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("14.00 uur", dt.time(14)),
        ("14:00", dt.time(14)),
        ("14u30", dt.time(14, 30)),
        ("1430", dt.time(14, 30)),
        ("9", dt.time(9)),
        ("9.30", dt.time(9, 30)),
        ("09:30:00", dt.time(9, 30)),
        ("2 pm", dt.time(14)),
        ("12 am", dt.time(0)),
        (dt.time(9, 30, 12), dt.time(9, 30)),
    ],
)
def test_time_is_read_as_it_is_written(written, meant):
    assert days.clock(written) == Read(meant)


@pytest.mark.parametrize("written", ["25:00", "14:75", "13 pm", "straks"])
def test_what_is_no_time_is_refused(written):
    assert (
        str(days.clock(written).reason) == f"“{written}” is geen tijd. Vul een tijd in, bijvoorbeeld 14:00."
    )
