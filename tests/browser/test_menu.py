"""The phone's menu by keyboard: it lies over the page, so it must not stay open behind one's back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signing_in import sign_in
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


LINES = """(links, sides) => links.map(link => {
    const style = getComputedStyle(link);
    const canvas = getComputedStyle(document.body).backgroundColor;
    const lines = sides.map(side => [style[`border${side}Width`], style[`border${side}Color`]]);
    const seen = lines.some(([width, color]) => parseFloat(width) > 0 && color !== canvas);
    return [link.hasAttribute("aria-current"), seen];
})"""
# Somebody of each role, and a page that stands in the menu of that role.
ROLES = [
    "contact",
    "linde-manager",
    "student",
    "teacher",
    "delta-manager",
    "supervisor",
    "trainer",
    "coordinator",
    "admin",
]


def said_by_lines(page: Page, menu: str, *sides: str) -> list[list[bool]]:
    """Of each link of a menu whether it is where one is, and whether a line on one of these sides says so."""
    found: list[list[bool]] = page.locator(f"{menu} a").evaluate_all(LINES, list(sides))
    return found


@pytest.mark.parametrize("person", ROLES)
def test_menus_show_where_one_is_in_forced_colours(site: Site, browser: Browser, person: str) -> None:
    """Such colours paint a line that is transparent: only the page where one is may have one."""
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 844})
        sign_in(page, person, site.url)
        wide = said_by_lines(page, ".mainnav", "Top", "Bottom")
        page.set_viewport_size({"width": 390, "height": 844})
        found = {"wide": wide, "tabs": said_by_lines(page, ".tabbar", "Top", "Bottom")}
        if page.locator("details.menu > summary").is_visible():
            page.locator("details.menu > summary").click()
            found["folded"] = said_by_lines(page, ".menu__panel", "Left")
    shown = {menu: lines for menu, lines in found.items() if lines}
    assert "wide" in shown
    assert "tabs" in shown or "folded" in shown
    for menu, lines in shown.items():
        assert [is_here for is_here, _seen in lines].count(True) <= 1, menu
        assert all(is_here == seen for is_here, seen in lines), (menu, lines)
    assert any(is_here for is_here, _seen in wide)


BROKEN_WORDS = """links => links.flatMap(link => {
  const range = document.createRange();
  const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (let i = 0; i + 1 < text.data.length; i++) {
      if (!/^\\p{L}\\p{L}$/u.test(text.data.slice(i, i + 2))) continue;
      const [one, next] = [i, i + 1].map(at => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return [...range.getClientRects()].at(-1).top;  // a hyphen that was put in belongs to what comes after it
      });
      if (next > one + 4) found.push(link.innerText);
    }
  return found;
})"""


@pytest.mark.parametrize("person", ["contact", "student"])
def test_tabs_break_words_only_where_they_may_on_the_narrowest_screen(
    site: Site, browser: Browser, person: str
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 844}) as context:
        page = context.new_page()
        sign_in(page, person, site.url)
        tabs = page.locator(".tabbar a")
        assert tabs.count() > 3
        for place in [tab.get_attribute("href") for tab in tabs.all()]:
            page.goto(f"{site.url}{place}")
            assert tabs.evaluate_all(BROKEN_WORDS) == [], place
