"""A long form: where there is room the help of a field stands beside it, on a phone above it."""

import pytest
from playwright.sync_api import Browser

from tools.local.site import Site

LONG = "/werkgever/de-linde/leerwerkplekken/nieuw/plek/"


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (390, False)])
def test_help_stands_beside_its_field(site: Site, browser: Browser, width: int, is_beside: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{site.url}/demo/")
    page.locator('form:has(input[value="contact"]) button').click()
    page.goto(f"{site.url}{LONG}")
    hints = page.locator(".form--parts .field:has(> .field__hint):has(> input)")
    assert hints.count() > 1
    for field in hints.all():
        hint = field.locator("> .field__hint").bounding_box()
        typed = field.locator("> input").bounding_box()
        assert hint is not None
        assert typed is not None
        assert (hint["x"] >= typed["x"] + typed["width"]) == is_beside
        assert (hint["y"] + hint["height"] <= typed["y"]) != is_beside
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
