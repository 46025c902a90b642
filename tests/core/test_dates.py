"""Local days, study years, working days."""

import datetime as dt

import pytest
import time_machine

from core import dates
from tests.factories.core import HolidayFactory

D = dt.date


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-01T22:59:59+00:00", D(2026, 3, 1)),
        ("2026-03-01T23:00:00+00:00", D(2026, 3, 2)),
        ("2026-07-31T22:00:00+00:00", D(2026, 8, 1)),  # summer time: two hours ahead
        ("2025-12-31T23:00:00+00:00", D(2026, 1, 1)),
    ],
)
def test_today_is_the_day_in_the_netherlands(instant, day):
    with time_machine.travel(dt.datetime.fromisoformat(instant), tick=False):
        assert dates.today() == day


@pytest.mark.parametrize(
    ("day", "year"),
    [(D(2020, 7, 31), 2019), (D(2020, 8, 1), 2020), (D(2021, 1, 1), 2020), (D(2024, 2, 29), 2023)],
)
def test_study_year_runs_from_august(day, year):
    first, last = dates.study_year_bounds(year)
    assert (dates.study_year_of(day), first <= day <= last) == (year, True)
    assert dates.study_year_of(last + dt.timedelta(days=1)) == year + 1


def test_study_year_label():
    assert dates.study_year_label(2020) == "2020-2021"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (D(2026, 4, 24), 0, D(2026, 4, 24)),
        (D(2026, 4, 24), 1, D(2026, 4, 28)),  # Friday → over the weekend and King's Day
        (D(2026, 4, 25), 1, D(2026, 4, 28)),
        (D(2026, 4, 28), -1, D(2026, 4, 24)),
        (D(2026, 4, 20), 5, D(2026, 4, 28)),
    ],
)
def test_add_working_days_skips_weekends_and_holidays(day, count, result):
    HolidayFactory(day=D(2026, 4, 27))
    assert dates.add_working_days(day, count) == result


def test_add_working_days_with_holidays_at_hand_asks_no_database():
    assert dates.add_working_days(D(2026, 4, 24), 1, {D(2026, 4, 27)}) == D(2026, 4, 28)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (D(2026, 9, 1), (1, 3)),  # Tuesday
        (D(2026, 9, 6), (1, 3)),
        (D(2026, 9, 7), (2, 3)),
        (D(2026, 9, 16), (3, 3)),
        (D(2026, 8, 1), (1, 3)),
        (D(2027, 1, 1), (3, 3)),
    ],
)
def test_week_of_a_period(day, week):
    assert dates.week_of(day, D(2026, 9, 1), D(2026, 9, 16)) == week
