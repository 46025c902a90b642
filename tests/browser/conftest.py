"""Fixtures of the browser tests: running sites, a browser, people who use it."""

import os
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.crawler import Crawl, Reached, Visitor
from tests.browser.journey.people import DESK, Person
from tests.browser.pages import ANONYMOUS, probes, samples_of, start_of
from tests.browser.sites import running_site, small_site
from tools.local import browser as local_browser
from tools.local.site import Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Not here: the cache is the running site's."""


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The running demo, for tests that only look."""
    with running_site("pages") as running:
        yield running


@pytest.fixture(scope="module")
def site_for_journey() -> Iterator[Site]:
    """A running portal of the module's own on a small world, for tests that change things."""
    with small_site("journey", "tests.browser.journey.world") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    local_browser.ensure()
    # Playwright keeps an event loop running in this thread until the session ends; the tests after the browser's
    # would be told that they may not ask the database from there. They never await anything.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=local_browser.chromium(), args=arguments)
        yield chromium
        chromium.close()


Reach = Callable[[str], Reached]


@pytest.fixture(scope="session")
def reached(site: Site, pytestconfig: pytest.Config) -> Reach:
    """What links lead to, per person; looked for once, when first asked."""
    cross = pytestconfig.getoption("--cross")

    @cache
    def by(person: str) -> Reached:
        visitor = Visitor(site.url)
        if person != ANONYMOUS:
            visitor.sign_in_as(person)
        public = by(ANONYMOUS).pages.keys() if person != ANONYMOUS and not cross else set()
        samples = partial(samples_of, cross=cross, public=public)
        return Crawl(visitor, samples).run(start_of(person), probes())

    return by


Meet = Callable[..., Person]


@pytest.fixture
def meet(site_for_journey: Site, browser: Browser, pytestconfig: pytest.Config) -> Iterator[Meet]:
    """`meet("docent@roc.example", width=390)`: a person with a browser of their own, not signed in."""
    people: list[Person] = []
    scripts = not pytestconfig.getoption("--plain")

    def one(email: str, *, width: int = DESK) -> Person:
        people.append(Person(site_for_journey, browser, email, width=width, scripts=scripts))
        return people[-1]

    yield one
    for person in people:
        person.context.close()
    assert [fault for person in people for fault in person.faults] == []
