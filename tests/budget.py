"""What makes the tests slow: the modules that take the most of the processor, which says the same on a busy machine.

It tells and does not fail. Without PostgreSQL, the browser and the running sites, which work in processes of their own.
"""

import time
from collections import Counter
from collections.abc import Iterator

import pytest

TOLD = 12
LEAST = 60.0  # seconds of all modules together; below that it is a part that someone runs at hand

_before = [time.process_time()]
_spent: Counter[str] = Counter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Each part of a test takes along what was worked since the part before it, fixtures of its module among it."""
    report = yield
    now = time.process_time()
    report.worked, _before[0] = now - _before[0], now  # type: ignore[attr-defined]  # goes along to the controller
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _spent[report.nodeid.partition("::")[0]] += getattr(report, "worked", 0.0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in told(_spent):
        terminalreporter.write_line(line)


def told(spent: Counter[str]) -> list[str]:
    """All together and the largest; nothing of a small part."""
    total = sum(spent.values())
    if total < LEAST:
        return []
    head = f"{total:.0f} seconds of the processor, the most in:"
    return [head, *(f"{seconds:6.1f} {module}" for module, seconds in spent.most_common(TOLD))]
