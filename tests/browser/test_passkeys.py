"""A passkey of a device that the browser plays: added, used at signing in, removed. The password alone does not do."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from demo.people import PASSWORD, demo_person
from tests.browser.checks import AXE, LOOKS, Watch
from tests.browser.sites import running_site
from tools.local.site import Site

WHO = "trainer"


@pytest.fixture(scope="module")
def own_site() -> Iterator[Site]:
    """A site of the module's own, since it changes things."""
    with running_site("passkeys") as running:
        yield running


def sign_in(page: Page) -> None:
    page.goto("/account/inloggen/")
    page.get_by_label("E-mailadres").fill(demo_person(WHO).email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)


def open_adding(page: Page) -> None:
    page.goto("/account/tweede-stap/passkey/")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_label("Naam van deze passkey")).to_be_visible()


def play_a_device(page: Page) -> None:
    """A phone with a fingerprint, as far as the browser knows."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def come_late(route: Route) -> None:
    """A script on a slow line."""
    time.sleep(0.5)
    route.continue_()


def test_passkey_is_added_asked_for_and_removed(own_site: Site, browser: Browser) -> None:
    # Browsers give passkeys to names, not to numbers.
    base = own_site.url.replace("127.0.0.1", "localhost")
    with browser.new_context(base_url=base, locale="nl-NL") as context:
        context.add_init_script(AXE)
        context.route("**/*.js", come_late)  # who presses as soon as there is a button is heard all the same
        watch = Watch(context)
        page = watch.page
        play_a_device(page)
        sign_in(page)

        open_adding(page)
        assert watch.visit(f"{base}/account/tweede-stap/passkey/", LOOKS) == []
        page.reload()
        page.get_by_label("Naam van deze passkey").fill("Mijn telefoon")
        page.get_by_role("button", name="Passkey toevoegen").click()
        expect(page.get_by_text("De passkey is toegevoegd.")).to_be_visible()
        page.goto("/account/tweede-stap/")
        expect(page.get_by_role("heading", name="Mijn telefoon")).to_be_visible()
        assert watch.visit(f"{base}/account/tweede-stap/", LOOKS) == []

        context.clear_cookies()
        sign_in(page)
        expect(page).to_have_url(f"{base}/account/tweede-stap/code/")
        page.get_by_role("button", name="Passkey gebruiken").click()
        page.wait_for_url(lambda url: "/account/" not in url)

        page.goto("/account/tweede-stap/")
        page.get_by_role("link", name="Verwijderen").click()
        page.get_by_role("link", name="Passkey gebruiken").click()
        page.get_by_role("button", name="Passkey gebruiken").click()
        page.get_by_role("button", name="Passkey verwijderen").click()
        expect(page.get_by_text("De passkey is verwijderd.")).to_be_visible()
        expect(page.get_by_role("heading", name="Mijn telefoon")).to_have_count(0)


def test_device_that_gives_none_is_said_on_the_page(own_site: Site, browser: Browser) -> None:
    base = own_site.url.replace("127.0.0.1", "localhost")
    with browser.new_context(base_url=base, locale="nl-NL") as context:
        page = context.new_page()
        sign_in(page)
        page.add_init_script("navigator.credentials.create = () => Promise.reject(new Error('no'))")
        open_adding(page)
        page.get_by_role("button", name="Passkey toevoegen").click()
        expect(page.get_by_text("Er is geen passkey gegeven.")).to_be_visible()
