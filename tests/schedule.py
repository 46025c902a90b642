"""Who runs what when two workers share the tests: the browser's long files first, each kind on one worker.

A file is the unit, as its tests share modules and fixtures; what runs a site is grouped further, so that a site is
started once. (xdist has groups of its own, but they do not work with this pytest: it renames what it cannot rename.)
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

HEAVY = ["pages-0", "pages-1", "journeys"]
JOURNEYS = (
    "tests/browser/",
    "tests/portal/test_seed",
    "tests/portal/test_local",
    "tests/placements/test_races",
)


def group_of(nodeid: str, *, cross: bool) -> str:
    file, _, name = nodeid.partition("::")
    if file == "tests/browser/test_pages.py":
        person = name.partition("[")[2]
        return f"pages-{sum(person.encode()) % 2}" if cross else "pages-0"
    return "journeys" if file.startswith(JOURNEYS) else file


class BrowserFirst(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid, cross=self.config.getoption("--cross"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> BrowserFirst:
    config.option.loadscopereorder = False  # the order of collection, which heavy_first has arranged
    return BrowserFirst(config, log)  # type: ignore[arg-type]


def heavy_first(items: list[pytest.Item], *, cross: bool) -> None:
    """Long work at the end would leave the other worker with nothing to do."""

    def place(item: pytest.Item) -> int:
        group = group_of(item.nodeid, cross=cross)
        return HEAVY.index(group) if group in HEAVY else len(HEAVY)

    items.sort(key=place)
