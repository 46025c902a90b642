"""Every page of every role: reachable, light, accessible in both themes, readable on a narrow phone.

`make test` gives each page one look, rotating over themes and widths; `make check` (--cross) gives it all four, for
each person to whom it looks other than to the ones before.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import AXE, LOOKS, Look, Watch
from tests.browser.conftest import Reach
from tests.browser.pages import ANONYMOUS, UNREACHED, people
from tests.browser.signing_in import sign_in
from tests.consistency.test_addresses import access_matrix
from tools.local.site import Site


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "person" in metafunc.fixturenames:
        metafunc.parametrize("person", people(cross=metafunc.config.getoption("--cross")))


def test_links_lead_somewhere(reached: Reach, person: str) -> None:
    _refuse(reached(person).faults)


def test_every_page_of_the_matrix_is_reached_by_someone(reached: Reach, pytestconfig: pytest.Config) -> None:
    """What neither a link nor its plain address leads to needs a row in pages.START, or a reason in UNREACHED."""
    opened = {
        name
        for (method, name), statuses in access_matrix().items()
        if method == "GET" and 200 in statuses.values()
    }
    everyone = people(cross=pytestconfig.getoption("--cross"))
    missed = opened - {name for person in everyone for name in reached(person).names}
    _refuse(sorted(missed - UNREACHED.keys()))


@pytest.fixture(scope="session")
def looked() -> set[str]:
    """The shapes of pages that were looked at."""
    return set()


def visits(reached: Reach, person: str, cross: bool, looked: set[str]) -> Iterator[tuple[str, list[Look]]]:
    """(path, looks) for one person.

    Without cross, a page that an earlier person saw is left to that one; with cross, one that is made of the same
    elements and stands among the same ones.
    """
    everyone = people(cross=cross)
    earlier = [] if cross else everyone[: everyone.index(person)]
    seen = {name for other in earlier for name in reached(other).pages}
    for number, (name, path) in enumerate(sorted(reached(person).pages.items())):
        shapes = reached(person).shapes[name]
        if name in seen or name in UNREACHED or (cross and shapes <= looked):
            continue
        looked |= shapes
        yield path, LOOKS if cross else [LOOKS[number % len(LOOKS)]]


def test_pages_in_the_browser(
    site: Site,
    browser: Browser,
    reached: Reach,
    looked: set[str],
    person: str,
    pytestconfig: pytest.Config,
) -> None:
    context = browser.new_context(base_url=site.url, locale="nl-NL")
    context.add_init_script(AXE)
    watch = Watch(context)
    if person != ANONYMOUS:
        sign_in(watch.page, person)
    faults = [
        f"{path}: {fault}"
        for path, looks in visits(reached, person, pytestconfig.getoption("--cross"), looked)
        for fault in watch.visit(path, looks)
    ]
    context.close()
    _refuse(faults)


def _refuse(faults: list[str]) -> None:
    """All of them, one a line: a list in an assertion would be cut short."""
    if faults:
        pytest.fail(f"{len(faults)} faults\n" + "\n".join(faults), pytrace=False)
