"""The public holidays of the Netherlands in any year, from the rules alone.

National holidays are free for everyone. Good Friday and Liberation Day are free only where an organisation says so: the
law counts them for its own terms, but whether people work then is for the employer (often once in five years on 5 May).
When one of the two falls on a national holiday, it is that holiday.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

GOOD_FRIDAY, LIBERATION_DAY = "good_friday", "liberation_day"
# Days after Easter Sunday.
_AFTER_EASTER = {
    "Eerste Paasdag": 0,
    "Tweede Paasdag": 1,
    "Hemelvaartsdag": 39,
    "Eerste Pinksterdag": 49,
    "Tweede Pinksterdag": 50,
}
_FIXED = {"Nieuwjaarsdag": (1, 1), "Eerste Kerstdag": (12, 25), "Tweede Kerstdag": (12, 26)}
_KINGS_BIRTHDAY = (4, 27)
_SUNDAY = 6


@dataclass(frozen=True, slots=True, order=True)
class PublicHoliday:
    """A day with its name; `choice` is empty for a national holiday, otherwise which day of choice it is."""

    day: dt.date
    name: str
    choice: str = ""


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar: the first Sunday after the full moon on or after 21 March.

    The arithmetic of Meeus, Jones and Butcher; it needs no table and holds for every year.
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)


def kings_day(year: int) -> dt.date:
    """27 April, or the Saturday before when that is a Sunday."""
    birthday = dt.date(year, *_KINGS_BIRTHDAY)
    return birthday - dt.timedelta(days=1) if birthday.weekday() == _SUNDAY else birthday


def of_year(year: int) -> list[PublicHoliday]:
    """All holidays of a year in their order, each day once."""
    sunday = easter(year)
    days = {
        **{sunday + dt.timedelta(days=after): name for name, after in _AFTER_EASTER.items()},
        **{dt.date(year, *fixed): name for name, fixed in _FIXED.items()},
        kings_day(year): "Koningsdag",
    }
    by_choice = [
        PublicHoliday(sunday - dt.timedelta(days=2), "Goede Vrijdag", GOOD_FRIDAY),
        PublicHoliday(dt.date(year, 5, 5), "Bevrijdingsdag", LIBERATION_DAY),
    ]
    national = [PublicHoliday(day, name) for day, name in days.items()]
    return sorted([*national, *(holiday for holiday in by_choice if holiday.day not in days)])
