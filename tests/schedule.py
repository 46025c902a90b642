"""Who runs what when workers share the tests: the browser's long files first, each kind on one worker.

A file is the unit, as its tests share modules and fixtures; what runs a site is grouped further, so that a site is
started once. (xdist has groups of its own, but they do not work with this pytest: it renames what it cannot rename.)
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

HEAVY = [
    "pages",
    "journeys",
    "tests/demo/test_presses.py",
    "tests/demo/test_reading.py",
    "tests/demo/test_readings.py",
    "tests/portal/test_grants.py",
]
# What looks at the demo, on one site
PAGES = tuple(f"tests/browser/test_{name}.py" for name in ("pages", "browse", "menu"))
JOURNEYS = (
    "tests/browser/",
    "tests/demo/test_seed",
    "tests/demo/test_rules",
    "tests/tools/test_local_servers",
    "tests/placements/test_races",
)


def group_of(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    if file in PAGES:
        return "pages"
    return "journeys" if file.startswith(JOURNEYS) else file


class BrowserFirst(LoadScopeScheduling):
    """With --cross the people take turns over two workers: their pages are nearly all there is to do."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._people: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        group = group_of(nodeid)
        if group != "pages" or not self.config.getoption("--cross"):
            return group
        person = nodeid.partition("[")[2]
        return f"{group}-{self._people.setdefault(person, len(self._people) % 2)}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> BrowserFirst:
    config.option.loadscopereorder = False  # the order of collection, which heavy_first has arranged
    return BrowserFirst(config, log)  # type: ignore[arg-type]  # xdist's types are narrower than its use


def heavy_first(items: list[pytest.Item]) -> None:
    """Long work at the end would leave the other worker with nothing to do."""

    def place(item: pytest.Item) -> int:
        group = group_of(item.nodeid)
        return HEAVY.index(group) if group in HEAVY else len(HEAVY)

    items.sort(key=place)
