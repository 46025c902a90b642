"""What has the focus is seen: no bar that stays at the foot of the window lies over it (WCAG 2.4.11)."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Reach
from tests.browser.signing_in import sign_in
from tools.local.site import Site

# Forms that are longer than the window, with whom they are for.
LONG_FORMS = [
    ("teacher", "students:plan-edit"),
    ("contact", "placements:slot-create"),
]
FEWEST_STOPS = 12
HIDDEN = """() => {
  const focus = document.activeElement, {top, bottom, left, right} = focus.getBoundingClientRect();
  if (focus === document.body || !focus.closest("main")) return "";
  for (const bar of document.querySelectorAll(".bottombar, .tabbar")) {
    if (bar.contains(focus) || getComputedStyle(bar).position !== "sticky") continue;
    const edge = bar.getBoundingClientRect();
    const beside = right <= edge.left || left >= edge.right;
    if (edge.height && !beside && top >= edge.top - 1 && bottom <= edge.bottom + 1) return focus.outerHTML.slice(0, 120);
  }
  return bottom < 0 || top > innerHeight ? "out of sight: " + focus.outerHTML.slice(0, 120) : "";
}"""


def hidden_stops(page: Page) -> tuple[int, list[str]]:
    """How many stops the keyboard makes on a page, and those that are not seen."""
    page.evaluate("document.activeElement.blur()")
    found, stops = [], page.locator("main :is(a, button, input, select, textarea, summary)").count()
    for _stop in range(stops + 40):
        page.keyboard.press("Tab")
        found += [fault] if (fault := page.evaluate(HIDDEN)) else []
    return stops, found


@pytest.mark.parametrize(("person", "name"), LONG_FORMS)
@pytest.mark.parametrize("width", [390, 1280])
def test_focus_is_never_behind_a_bar(
    site: Site, browser: Browser, reached: Reach, person: str, name: str, width: int
) -> None:
    path = reached(person).pages[name]
    with browser.new_context(base_url=site.url, viewport={"width": width, "height": 700}) as context:
        page = context.new_page()
        sign_in(page, person)
        page.goto(path)
        stops, found = hidden_stops(page)
        assert stops >= FEWEST_STOPS
        assert found == []


def test_field_behind_a_bar_is_found(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url, viewport={"width": 390, "height": 700}) as context:
        page = context.new_page()
        page.goto("/oproepen/")
        page.evaluate("""() => {
          const bar = document.createElement("div");
          bar.className = "bottombar";
          bar.textContent = "x";
          bar.style.height = "680px";
          document.body.append(bar);
          document.documentElement.style.scrollPadding = "0";
        }""")
        _stops, found = hidden_stops(page)
        assert found
