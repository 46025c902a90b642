"""The phone's menu by keyboard: it lies over the page, so it must not stay open behind one's back."""

import pytest
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


@pytest.mark.parametrize(("width", "menu"), [(1280, ".mainnav"), (390, ".tabbar")])
def test_menu_shows_where_one_is_in_forced_colours(
    site: Site, browser: Browser, width: int, menu: str
) -> None:
    """Such colours paint a line that is transparent: only the page where one is may have one."""
    size = {"width": width, "height": 844}
    with browser.new_context(viewport=size, forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site.url}/demo/")
        page.locator('form:has(input[value="contact"]) button').click()
        page.wait_for_load_state()
        lines = page.locator(f"{menu} a").evaluate_all(
            """links => links.map(link => {
                const style = getComputedStyle(link);
                const canvas = getComputedStyle(document.body).backgroundColor;
                const sides = ["Top", "Bottom"].map(side => [style[`border${side}Width`], style[`border${side}Color`]]);
                const seen = sides.some(([width, color]) => parseFloat(width) > 0 && color !== canvas);
                return [link.hasAttribute("aria-current"), seen];
            })"""
        )
    assert len(lines) > 2
    assert [is_here for is_here, _seen in lines].count(True) == 1
    assert all(is_here == seen for is_here, seen in lines), lines
