"""Fixtures of the browser tests: running sites, a browser, people signed in, mails to read links from."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from portal.local import browser as local_browser
from portal.local.site import Site
from tests.browser.crawler import Reached, Visitor, reachable
from tests.browser.pages import ANONYMOUS, PEOPLE, probes, start_of
from tests.browser.sites import running_site


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One worker runs what shares a site; the journeys change things and have one of their own."""
    for item in items:
        if "tests/browser/" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        if "site_for_journey" in getattr(item, "fixturenames", ()):
            group = "journeys"
        elif config.getoption("--cross") and "person" in getattr(item, "callspec", item).__dict__.get(
            "params", {}
        ):
            group = f"pages-{PEOPLE.index(item.callspec.params['person']) % 2}"  # type: ignore[attr-defined]
        else:
            group = "pages-0"
        item.add_marker(pytest.mark.xdist_group(group))


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
    """A running demo of the module's own, for tests that change things."""
    with running_site("journey") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    local_browser.ensure()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=local_browser.chromium(), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def reached(site: Site) -> dict[str, Reached]:
    """Per person, what links lead to."""
    found = {}
    for person in PEOPLE:
        visitor = Visitor(site.url)
        if person != ANONYMOUS:
            visitor.sign_in_as(person)
        found[person] = reachable(visitor, start_of(person), probes())
    return found


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(site_for_journey: Site, browser: Browser) -> Iterator[OpenAs]:
    """`open_as("student", width=390)`: a page signed in as that demo person; `open_as()` is a visitor."""
    contexts: list[Any] = []

    def open_page(person: str = ANONYMOUS, *, width: int = 1280, theme: str = "light") -> Page:
        context = browser.new_context(
            base_url=site_for_journey.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if person != ANONYMOUS:
            page.goto("/demo/")
            page.locator(f"form:has(input[value='{person}']) button").click()
        return page

    yield open_page
    for context in contexts:
        context.close()


class Mailbox:
    """The mails that the site's worker really sent over SMTP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self, to: str = "") -> list[EmailMessage]:
        files = sorted(self.folder.glob("*.eml"))
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in mails if isinstance(mail, EmailMessage) and to in str(mail["To"])]

    def wait_for(self, to: str, subject: str = "", seconds: float = 30) -> EmailMessage:
        """The newest mail to that address whose subject contains the words; waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for mail in reversed(self.all(to)):
                if subject in str(mail["Subject"]):
                    return mail
            time.sleep(0.2)
        raise AssertionError(
            f"no mail to {to} about {subject!r}; there are {[str(m['Subject']) for m in self.all()]}"
        )

    def link(self, to: str, subject: str = "") -> str:
        """The first address in that mail's text."""
        body = self.wait_for(to, subject).get_body(("plain",))
        assert body is not None
        found = re.search(r"https?://\S+", body.get_content())
        assert found is not None
        return found.group().rstrip(".,)")


@pytest.fixture
def mailbox(site_for_journey: Site) -> Mailbox:
    return Mailbox(site_for_journey.mail)
