"""An administrator opens someone's account, looks round, and is done; the person reads why. All pages in every look."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from demo.people import PASSWORD
from tests.browser.checks import AXE, LOOKS, Watch
from tests.browser.signing_in import sign_in
from tests.browser.sites import running_site
from tools.local.site import Site

WHY = "Belde dat er geen mails meer komen."


@pytest.fixture(scope="module")
def own_site() -> Iterator[Site]:
    """A site of the module's own, since it changes things."""
    with running_site("support") as running:
        yield running


def test_account_is_opened_looked_at_and_closed_and_its_owner_reads_why(
    own_site: Site, browser: Browser
) -> None:
    with browser.new_context(base_url=own_site.url, locale="nl-NL") as context:
        context.add_init_script(AXE)
        watch = Watch(context)
        page = watch.page
        sign_in(page, "admin")
        page.goto("/beheer/handelingen/nieuw/")
        if page.locator("input[type=password]").count():
            page.fill("input[type=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/beheer/handelingen/nieuw/")
        faults = watch.visit("/beheer/handelingen/nieuw/", LOOKS)
        page.fill("#id_who", "jeroen vinkestein")
        page.fill("#id_reason", WHY)
        page.press("#id_who", "Enter")
        expect(page.get_by_label("Jeroen Vinkestein")).to_be_visible()
        page.get_by_label("Jeroen Vinkestein").check()
        page.press("#id_who", "Enter")
        expect(page.locator("h1")).to_have_text("Jeroen Vinkestein")
        account = page.url.removeprefix(own_site.url)
        for path in (account, f"{account}adres/", f"{account}stoppen/"):
            faults += watch.visit(path, LOOKS)
        page.goto(account)
        page.get_by_role("button", name="Ik ben klaar").press("Enter")
        expect(page.locator("body")).to_contain_text("de beheerder van Leerpact is klaar")
        faults += watch.visit(account, LOOKS)
        sign_in(page, "teacher")
        faults += watch.visit("/account/beheer/", LOOKS)
        expect(page.locator("main")).to_contain_text(WHY)
    if faults:
        pytest.fail(f"{len(faults)} faults\n" + "\n".join(faults), pytrace=False)
