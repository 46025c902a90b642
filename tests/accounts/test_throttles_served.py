"""Throttles of a running portal whose cache takes connections and never answers."""

import http.cookiejar
import re
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests import databases
from tests.accounts import world
from tests.browser.sites import site_environment
from tests.databases import HOME, worker
from tests.silence import SilentServer
from tools.local.paths import private_directory
from tools.local.site import Site

LOGIN = "/account/inloggen/"
WRONG, REFUSED, IN = "wrong", "refused", "in"


class Browser:
    """Signs in as a browser does, with cookies and the token of the form."""

    def __init__(self, site: Site) -> None:
        self.site = site
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        stay = urllib.request.HTTPRedirectHandler()
        stay.redirect_request = lambda *_given: None  # type: ignore[method-assign]  # the answer itself is looked at
        self._opener = urllib.request.build_opener(cookies, stay)

    def sign_in(self, email: str, password: str = world.PASSWORD) -> str:
        status, html = self.send(LOGIN, LOGIN, login=email, password=password)
        if status == 302:
            return IN
        return REFUSED if "Te veel pogingen" in html else WRONG

    def sign_out(self) -> None:
        self.send("/account/uitloggen/", "/account/")

    def send(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """Post a form, with the token that stands on the page."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(page)[1])[0]
        return self.ask(path, urlencode({"csrfmiddlewaretoken": token, **fields}).encode())

    def ask(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        request = urllib.request.Request(self.site.url + path, data=data)
        try:
            response = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as answer:
            response = answer
        with response:
            return response.status, response.read().decode()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    home = private_directory(HOME / f"throttles-{worker()}")
    with SilentServer() as silent, databases.copy_of(databases.migrated(), "throttles") as database:
        environment = site_environment(database, private_directory(home / "media"))
        databases.run("tests.accounts.world", environment=environment)
        site = Site(home, 0, environment | {"REDIS_URL": f"redis://127.0.0.1:{silent.port}/0"})
        try:
            site.start(background=False)
            yield site
        finally:
            site.stop()


def test_whole_school_signs_in_within_five_minutes(site):
    """300 students behind one address, one in ten with a typing error first."""

    def arrive(number: int) -> list[str]:
        browser = Browser(site)
        typo = [browser.sign_in(world.address(number), "verkeerd-getypt")] if number % 10 == 0 else []
        return [*typo, browser.sign_in(world.address(number))]

    started = time.monotonic()
    with ThreadPoolExecutor(6) as door:
        answers = Counter(answer for each in door.map(arrive, range(world.NUMBER)) for answer in each)
    assert answers == {IN: world.NUMBER, WRONG: world.NUMBER // 10}
    assert time.monotonic() - started < 300


def test_sixth_wrong_password_is_refused_however_many_come_at_once(site):
    owners = Browser(site)
    assert owners.sign_in(world.OWNER) == IN
    together = threading.Barrier(8, timeout=20)

    def guess(number: int) -> str:
        browser = Browser(site)
        together.wait()
        return browser.sign_in(world.OWNER, f"geraden-{number}")

    with ThreadPoolExecutor(8) as strangers:
        assert Counter(strangers.map(guess, range(16))) == {WRONG: 5, REFUSED: 11}
    # The right password, from a browser that nobody knows.
    assert Browser(site).sign_in(world.OWNER) == REFUSED
    owners.sign_out()
    assert owners.sign_in(world.OWNER) == IN  # the owner's own is known


def test_tables_have_no_door_of_their_own(site):
    stranger = Browser(site)
    fields = {"username": world.ADMINISTRATOR, "password": world.PASSWORD}
    assert stranger.send("/beheer/tabellen/login/", LOGIN, **fields)[0] == 302  # sent on to the one door
    assert stranger.ask("/beheer/tabellen/")[0] == 302  # and not signed in
    answers = [stranger.sign_in(world.ADMINISTRATOR, "geraden") for _turn in range(6)]
    assert answers == [*[WRONG] * 5, REFUSED]


def test_sign_in_waits_for_a_silent_cache_once(site):
    started = time.monotonic()
    browser = Browser(site)
    assert browser.sign_in(world.address(1)) == IN
    assert browser.ask("/mijn/")[0] == 200
    assert time.monotonic() - started < 3
