"""Two tabs on one initiative: the second to save compares both texts and chooses, by keyboard, on a narrow screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.checks import AXE, AXE_OPTIONS, SIDEWAYS
from tests.browser.signing_in import sign_in
from tests.browser.sites import running_site
from tools.local.site import Site

CHANGE = "/coordinatie/zorg-en-welzijnspact-flevoland/initiatieven/samen-sroi-invullen/wijzigen/"
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def own_site() -> Iterator[Site]:
    """A site of the module's own, since it changes things."""
    with running_site("two_tabs") as running:
        yield running


def coordinator(context: BrowserContext) -> Page:
    page = context.new_page()
    sign_in(page, "coordinator")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_second_tab_compares_and_chooses(own_site: Site, browser: Browser, scripts: bool) -> None:
    with browser.new_context(
        base_url=own_site.url, viewport=NARROW, locale="nl-NL", java_script_enabled=scripts
    ) as context:
        if scripts:
            context.add_init_script(AXE)
        first, second = coordinator(context), context.new_page()
        for page in (first, second):
            page.goto(CHANGE)
        theirs, mine = f"Van de een, {scripts}", f"Van de ander, {scripts}"
        first.fill("#id_summary", theirs)
        first.press("#id_title", "Enter")
        expect(first.locator("body")).to_contain_text("is opgeslagen")
        second.fill("#id_summary", mine)
        second.fill("#id_aim", f"Een doel, {scripts}")
        second.press("#id_title", "Enter")
        expect(second.locator(".diff del").first).to_be_visible()
        expect(second.locator("#id_summary")).to_have_value(mine)  # nothing typed is lost
        expect(second.locator("#id_aim")).to_have_value(f"Een doel, {scripts}")
        if scripts:
            assert second.evaluate(SIDEWAYS) in {0, "", None}
            violations = second.evaluate("options => window.axe.run(document, options)", AXE_OPTIONS)[
                "violations"
            ]
            assert [violation["id"] for violation in violations] == []
        second.focus("#id_summary_mine")
        second.keyboard.press("ArrowDown")
        second.keyboard.press("Enter")
        expect(second.locator("body")).to_contain_text("is opgeslagen")
        second.goto(CHANGE)
        expect(second.locator("#id_summary")).to_have_value(theirs)
        expect(second.locator("#id_aim")).to_have_value(f"Een doel, {scripts}")
