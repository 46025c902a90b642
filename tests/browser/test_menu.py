"""The phone's menu by keyboard: it lies over the page, so it must not stay open behind one's back."""

from playwright.sync_api import Browser, expect

from tools.local.site import Site


def test_menu_closes_with_escape_and_when_one_leaves_it(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{site.url}/oproepen/")
        menu, summary = page.locator("details.menu"), page.locator("details.menu > summary")
        panel = page.locator(".menu__panel")
        summary.focus()
        page.keyboard.press("Enter")
        expect(panel).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(summary).to_be_focused()
        page.keyboard.press("Enter")
        for _link in range(menu.locator("a").count() + 1):
            page.keyboard.press("Tab")
        expect(panel).to_be_hidden()
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_menu_opens_without_javascript(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}/oproepen/")
        page.locator("details.menu > summary").click()
        expect(page.locator(".menu__panel")).to_be_visible()
