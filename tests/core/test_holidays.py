"""The public holidays of every year, the calendar that keeps them, and that nobody is reminded on one."""

import datetime as dt
import importlib
import logging
from io import StringIO

import pytest
import time_machine
from dateutil.easter import easter as another_easter
from django.core.checks import run_checks
from django.core.management import call_command

from core import calendars, holidays, tasks
from core.models import Holiday, OutgoingMail, SchoolHoliday, SentReminder
from core.reminding import engine, tick
from core.reminding.ladders import Calendar, Rung, due_rungs
from portal.reminders import REMINDERS
from tests.factories.core import HolidayFactory
from tests.reminding import goal_due

D = dt.date
DAY = dt.timedelta(days=1)
YEARS = range(2000, 2101)
SATURDAY, SUNDAY = 5, 6

# Copied from calendars, not computed: Easter Sunday, Ascension, Pentecost, King's Day.
KNOWN = {
    2014: (D(2014, 4, 20), D(2014, 5, 29), D(2014, 6, 8), D(2014, 4, 26)),
    2019: (D(2019, 4, 21), D(2019, 5, 30), D(2019, 6, 9), D(2019, 4, 27)),
    2024: (D(2024, 3, 31), D(2024, 5, 9), D(2024, 5, 19), D(2024, 4, 27)),
    2025: (D(2025, 4, 20), D(2025, 5, 29), D(2025, 6, 8), D(2025, 4, 26)),
    2026: (D(2026, 4, 5), D(2026, 5, 14), D(2026, 5, 24), D(2026, 4, 27)),
    2027: (D(2027, 3, 28), D(2027, 5, 6), D(2027, 5, 16), D(2027, 4, 27)),
    2028: (D(2028, 4, 16), D(2028, 5, 25), D(2028, 6, 4), D(2028, 4, 27)),
    2031: (D(2031, 4, 13), D(2031, 5, 22), D(2031, 6, 1), D(2031, 4, 26)),
}


def named(year):
    return {found.name: found.day for found in holidays.of_year(year)}


def in_another_way(year):
    """The national holidays by the words of the rules, Easter from another algorithm, day by day through the year."""
    sunday = another_easter(year)
    found = set()
    day = D(year, 1, 1)
    while day.year == year:
        after = (day - sunday).days
        tomorrow = day + DAY
        is_birthday = (day.month, day.day) == (4, 27) and day.weekday() != SUNDAY
        is_day_before = (tomorrow.month, tomorrow.day) == (4, 27) and tomorrow.weekday() == SUNDAY
        fixed = f"{day:%m-%d}" in {"01-01", "12-25", "12-26"}
        if after in {0, 1, 39, 49, 50} or is_birthday or is_day_before or fixed:
            found.add(day)
        day = tomorrow
    return found


@pytest.mark.parametrize("year", KNOWN)
def test_holidays_are_those_of_the_calendar(year):
    easter, ascension, pentecost, kings_day = KNOWN[year]
    assert named(year) | {} == {
        "Nieuwjaarsdag": D(year, 1, 1),
        "Goede Vrijdag": easter - 2 * DAY,
        "Eerste Paasdag": easter,
        "Tweede Paasdag": easter + DAY,
        "Koningsdag": kings_day,
        "Bevrijdingsdag": D(year, 5, 5),
        "Hemelvaartsdag": ascension,
        "Eerste Pinksterdag": pentecost,
        "Tweede Pinksterdag": pentecost + DAY,
        "Eerste Kerstdag": D(year, 12, 25),
        "Tweede Kerstdag": D(year, 12, 26),
    }


def test_a_century_of_holidays_agrees_with_another_computation():
    assert {year: holidays.easter(year) for year in YEARS} == {year: another_easter(year) for year in YEARS}
    for year in YEARS:
        found = holidays.of_year(year)
        assert {row.day for row in found if not row.choice} == in_another_way(year), year
        assert found == sorted(found)
        assert len({row.day for row in found}) == len(found)


def test_a_century_of_days_of_choice():
    """Good Friday and 5 May, unless that is Ascension Day: a day that is free for all needs no choice."""
    for year in YEARS:
        chosen = {row.choice: row.day for row in holidays.of_year(year) if row.choice}
        assert chosen.pop(holidays.GOOD_FRIDAY) == another_easter(year) - 2 * DAY
        falls_on_ascension = another_easter(year) + 39 * DAY == D(year, 5, 5)
        assert chosen == ({} if falls_on_ascension else {holidays.LIBERATION_DAY: D(year, 5, 5)})
    assert named(2016).get("Bevrijdingsdag") is None
    assert named(2016)["Hemelvaartsdag"] == D(2016, 5, 5)


@pytest.fixture
def empty(db, clock):
    """No day known, on 26 November 2026."""
    Holiday.objects.all().delete()
    SchoolHoliday.objects.all().delete()


def test_calendar_is_filled_from_last_year_to_five_ahead(empty):
    changes = calendars.fill()
    years = range(2025, 2032)
    expected = {(row.day, row.name, row.choice) for year in years for row in holidays.of_year(year)}
    assert set(Holiday.objects.values_list("day", "name", "choice")) == expected
    assert not Holiday.objects.filter(source="").exists()
    assert len(changes) == len(expected) + SchoolHoliday.objects.count()
    assert calendars.fill() == []


def test_what_is_there_stays_as_it_is(empty):
    HolidayFactory(day=D(2027, 12, 25), name="Kerst")
    HolidayFactory(day=D(2027, 6, 1), name="Dag van nationale rouw")
    calendars.fill()
    assert Holiday.objects.get(day=D(2027, 12, 25)).name == "Kerst"
    assert Holiday.objects.filter(day=D(2027, 6, 1)).exists()


def test_school_holiday_that_the_file_gives_otherwise_is_put_right(empty):
    calendars.fill()
    SchoolHoliday.objects.filter(study_year=2026, period="autumn").update(ends_on=D(2027, 1, 1))
    SchoolHoliday.objects.create(
        study_year=2030, period="may", region="north", starts_on=D(2031, 5, 1), ends_on=D(2031, 5, 9)
    )
    assert len(calendars.fill()) == 3
    assert SchoolHoliday.objects.get(study_year=2026, period="autumn", region="south").ends_on == D(
        2026, 10, 25
    )
    assert SchoolHoliday.objects.filter(study_year=2030).exists()  # an administrator knew more than the file


def command(*arguments):
    out, err = StringIO(), StringIO()
    call_command("load_holidays", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_command_loads_and_says_what_it_would_load(empty):
    said, _warned = command("--dry-run")
    assert not Holiday.objects.exists()
    assert not SchoolHoliday.objects.exists()
    assert "2027-03-29 Tweede Paasdag" in said
    assert said.endswith("122 holidays would be written.\n")
    done, warned = command()
    assert done == said.replace("would be written", "written")
    assert Holiday.objects.count() + SchoolHoliday.objects.count() == 122
    assert warned == ""
    assert command()[0] == "0 holidays written.\n"


LAST_SCHOOL_DAY = "3 september 2028"  # of the file: with another study year it is later


def test_clock_fills_and_warns_when_less_than_a_year_is_left(empty, clock, caplog):
    tasks.load_holidays()
    assert calendars.warnings() == []
    clock.move_to(dt.datetime(2027, 9, 5, 12, tzinfo=dt.UTC))
    with caplog.at_level(logging.WARNING, logger="core.calendars"):
        tasks.load_holidays()
    (school,) = caplog.messages
    assert LAST_SCHOOL_DAY in school
    assert Holiday.objects.latest("day").day == D(2032, 12, 26)
    clock.move_to(dt.datetime(2031, 12, 28, 12, tzinfo=dt.UTC))  # the clock of the portal stood still
    assert "26 december 2032" in calendars.warnings()[0]
    calendars.fill()
    assert len(calendars.warnings()) == 1


def test_check_of_the_database_warns_of_an_empty_calendar(empty):
    def found():
        return [row.id for row in run_checks(tags=["database"], databases=["default"]) if "core" in row.id]

    assert found() == ["core.W001", "core.W001"]
    calendars.fill()
    assert found() == []


def test_school_holidays_of_the_file_are_whole_weeks_in_every_region(db):
    rows = list(SchoolHoliday.objects.all())
    keys = {(row.study_year, row.period) for row in rows}
    assert keys == {(year, period) for year in (2025, 2026, 2027) for period in SchoolHoliday.Period}
    assert len(rows) == 3 * len(keys)
    weeks = {"autumn": 1, "christmas": 2, "spring": 1, "may": 1, "summer": 6}
    for row in rows:
        assert (row.starts_on.weekday(), row.ends_on.weekday()) == (SATURDAY, SUNDAY)
        assert (row.ends_on - row.starts_on).days + 1 == weeks[row.period] * 7 + 2
        assert D(row.study_year, 10, 1) <= row.starts_on <= D(row.study_year + 1, 8, 1)
        assert row.source.startswith("Rijksoverheid")
    for year, period in keys:
        firsts = {row.region: row.starts_on for row in rows if (row.study_year, row.period) == (year, period)}
        if period in {"christmas", "may"}:
            assert len(set(firsts.values())) == 1
        if period == "summer":
            assert len(set(firsts.values())) == 3  # the regions leave one after another


# Nobody is reminded on a holiday.


def ladders():
    """Every ladder of every app."""
    found = {}
    for reminder in REMINDERS:
        module = importlib.import_module(type(reminder).__module__)
        found |= {
            (module.__name__, name): value
            for name, value in vars(module).items()
            if isinstance(value, tuple) and value and all(isinstance(rung, Rung) for rung in value)
        }
    return found


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028, 2029, 2030, 2031])
def test_no_rung_of_any_ladder_is_due_on_a_holiday(db, year):
    assert len(ladders()) >= 5
    for holiday in holidays.of_year(year):
        if not holiday.choice:
            for name, ladder in ladders().items():
                assert due_rungs(ladder, Calendar.of(holiday.day)) == {}, (name, holiday)


@pytest.mark.parametrize(
    ("due_on", "told_on"),
    [
        (D(2026, 12, 25), D(2026, 12, 24)),
        (D(2026, 12, 26), D(2026, 12, 24)),
        (D(2027, 1, 1), D(2026, 12, 31)),
        (D(2027, 3, 29), D(2027, 3, 27)),  # Easter Monday: the Saturday before
        (D(2027, 4, 27), D(2027, 4, 26)),
        (D(2027, 5, 5), D(2027, 5, 5)),  # a day of choice is a day like others
        (D(2027, 6, 6), D(2027, 6, 6)),  # so is a Sunday
    ],
)
def test_goal_that_falls_due_on_a_holiday_is_told_before(db, clock, due_on, told_on):
    clock.move_to(dt.datetime.combine(due_on - 4 * DAY, dt.time(9), dt.UTC))
    goal_due(4)
    told = []
    for offset in range(-4, 4):
        day = due_on + offset * DAY
        clock.move_to(dt.datetime.combine(day, dt.time(9), dt.UTC))
        before = SentReminder.objects.filter(step="on-the-day").count()
        tick(REMINDERS)
        told += [day] * (SentReminder.objects.filter(step="on-the-day").count() - before)
    assert told == [told_on]
    subject = OutgoingMail.objects.latest("pk").subject
    assert ("vandaag" in subject) == (told_on == due_on)


class Always:
    """A reminder without a ladder, due whenever it is asked."""

    kind = "always"

    def waiting(self, calendar):
        raise AssertionError("asked on a holiday")


@pytest.mark.parametrize("day", [D(2026, 12, 25), D(2027, 3, 29), D(2027, 4, 27)])
def test_no_reminder_is_even_looked_for_on_a_holiday(db, day, caplog):
    assert engine.run([Always()], day) == 0
    assert caplog.messages == []


def test_no_mail_goes_out_on_any_holiday_of_two_years(db):
    """Goals that fall due on every day around the holidays, asked for every quarter of the day."""
    days = [row.day for year in (2026, 2027) for row in holidays.of_year(year) if not row.choice]
    with time_machine.travel(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), tick=False) as travelled:
        for day in days[1:]:
            for offset in (0, 1, 7):
                goal_due((day - D(2026, 3, 1)).days + offset)
        for day in days[1:]:
            travelled.move_to(dt.datetime.combine(day, dt.time(9), dt.UTC))
            assert tick(REMINDERS) == 0, day
            travelled.move_to(dt.datetime.combine(day + 5 * DAY, dt.time(9), dt.UTC))
            tick(REMINDERS)
    assert OutgoingMail.objects.count() > 10
