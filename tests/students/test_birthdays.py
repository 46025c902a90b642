"""The age of a student is counted in birthdays, in a form and in a list alike."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core.dates import years_from
from students.forms.enrolments import check_birthday, likely_birthdays


@pytest.mark.parametrize("born_on", [dt.date(2012, 11, 29), dt.date(1926, 11, 29)])
def test_who_is_fourteen_or_a_hundred_today_is_taken(born_on):
    with time_machine.travel("2026-11-29 12:00Z", tick=False):
        check_birthday(born_on)
        assert born_on in likely_birthdays(dt.date(2026, 11, 29))  # between which a list asks a day


@pytest.mark.parametrize("born_on", [dt.date(2012, 11, 30), dt.date(1926, 11, 28)])
def test_who_is_a_day_younger_or_older_is_not(born_on):
    with time_machine.travel("2026-11-29 12:00Z", tick=False), pytest.raises(ValidationError):
        check_birthday(born_on)


def test_a_year_before_29_february_is_the_last_day_of_that_month():
    assert years_from(dt.date(2028, 2, 29), -14) == dt.date(2014, 2, 28)
    assert years_from(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)
