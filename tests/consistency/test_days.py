"""A day is that of the calendar on the wall: between midnight and one or two at night UTC is still a day behind."""

import re
from collections.abc import Iterator

from tests.consistency.source import APPS, faults, modules, refuse, texts

# The day of a moment in UTC, or an hour set on it. `core.dates` and `tests.helpers.at_noon` give the day here.
OF_UTC = re.compile(r"now\(\)\.(date\(\)|replace\((hour|day)\b)")


def counts_in_utc(text: str) -> Iterator[str]:
    yield from (found.group() for found in OF_UTC.finditer(text))


def test_no_day_is_counted_in_utc():
    found = texts(modules(*APPS, "tests", "drills", "benchmarks"))
    assert len(found) > 500
    refuse(faults(counts_in_utc, found))


def test_guard_sees_a_day_of_utc():
    for moment in ("date()", "replace(hour=12)"):
        assert list(counts_in_utc(f"timezone.now().{moment}"))
