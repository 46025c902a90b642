"""Choosing initiatives: at once with JavaScript, by the button without; the address always says what is chosen."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tools.local.site import Site

PROJECT = "#soort-project"
FIRST_KIND = re.compile(r"[?&]soort=project")


@pytest.mark.parametrize("width", [1280, 390])
def test_choice_changes_results_without_leaving_the_page(site: Site, browser: Browser, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.url}/initiatieven/")
        page.evaluate("window.stayed = true")
        every = page.inner_text("#results")
        if width < 960:
            page.get_by_text("Filters", exact=True).click()
        page.check(PROJECT)
        expect(page).to_have_url(FIRST_KIND)
        expect(page.locator("#results")).not_to_have_text(every)
        expect(page.locator(".chip")).to_have_count(1)
        assert page.evaluate("window.stayed") is True
        assert page.evaluate("document.activeElement.id") == "soort-project"
        expect(page.locator(PROJECT)).to_be_visible()  # the filters stay open while one is choosing
        assert page.get_attribute("#results", "aria-live") == "polite"
        page.go_back()
        expect(page.locator("#results")).to_have_text(every)


def test_choice_without_javascript_takes_the_button(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}/initiatieven/")
        page.check(PROJECT)
        page.locator("form.filters button").click()
        expect(page).to_have_url(FIRST_KIND)
        expect(page.locator(".chip")).to_have_count(1)
