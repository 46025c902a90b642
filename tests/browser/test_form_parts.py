"""A long form: where there is room the help of a field stands beside it, on a phone above it."""

import pytest
from lxml.html import document_fromstring
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Reach
from tests.browser.crawler import Visitor
from tests.browser.signing_in import sign_in
from tests.demo.asking import long_forms
from tools.local.site import Site

# Whoever writes the most: their long forms are found by following links.
WRITERS = ["contact", "coordinator", "teacher"]
FEWEST = 2


def long_pages(site: Site, reached: Reach, person: str) -> list[str]:
    """The pages of someone on which a long form in parts stands."""
    visitor = Visitor(site.url)
    visitor.sign_in_as(person)
    pages = {
        path: document_fromstring(visitor.get(path).html or "<p>") for path in reached(person).pages.values()
    }
    return [
        path
        for path, tree in pages.items()
        if long_forms(tree) and tree.xpath("//form[contains(@class, 'form--parts')]")
    ]


@pytest.mark.parametrize("person", WRITERS)
def test_help_stands_beside_its_field(site: Site, browser: Browser, reached: Reach, person: str) -> None:
    found = long_pages(site, reached, person)
    assert len(found) >= FEWEST
    with browser.new_context(locale="nl-NL") as context:
        page = context.new_page()
        sign_in(page, person, site.url)
        faults, hints = [], 0
        for path in found:
            page.goto(site.url + path)
            for width, is_beside in ((1280, True), (390, False)):
                page.set_viewport_size({"width": width, "height": 900})
                seen, wrong = misplaced(page, is_beside=is_beside)
                hints += seen
                faults += [f"{path} at {width}: {label}" for label in wrong]
                if page.evaluate("document.documentElement.scrollWidth") != width:
                    faults.append(f"{path} is wider than {width}")
    assert hints >= FEWEST
    assert faults == []


def misplaced(page: Page, *, is_beside: bool) -> tuple[int, list[str]]:
    """How many fields have help, and the labels of those whose help stands elsewhere than beside or above the field."""
    placed: list[list[object]] = page.locator(".form--parts .field:has(> .field__hint)").evaluate_all(
        """fields => fields.filter(field => field.checkVisibility()).map(field => {
            const hint = field.querySelector(":scope > .field__hint").getBoundingClientRect();
            const filled = [...field.children].filter(one => one.matches("input, select, textarea") ||
                one.querySelector("input, select, textarea")).filter(one => one.checkVisibility());
            const boxes = filled.map(one => one.getBoundingClientRect());
            const label = field.querySelector("label, legend").textContent.trim();
            return [`${label} (${filled.map(one => one.localName)})`, boxes.length > 0 &&
                boxes.every(box => hint.left >= box.right), boxes.every(box => hint.bottom <= box.top)];
        })"""
    )
    wrong = [str(label) for label, beside, above in placed if (beside, above) != (is_beside, not is_beside)]
    return len(placed), wrong
