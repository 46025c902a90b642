"""What is printed says on each page whose it is: sheets get apart, and lie on desks."""

import io
import re

import pypdf
from playwright.sync_api import Browser, Page

from demo.people import demo_person
from tests.browser.signing_in import sign_in
from tools.local.site import Site

HEAD = re.compile(r"Roc De Delta\. [^.]+\. \d{1,2} [a-z]+ \d{4}")


def on_paper(page: Page) -> list[str]:
    """The words of each printed page."""
    document = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [" ".join(sheet.extract_text().split()) for sheet in document.pages]


def test_printed_plan_bears_the_name_of_the_student_on_each_page(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        sign_in(page, "student")
        with page.expect_navigation():
            page.locator("a[href$='/afdrukken/']").first.click()
        assert page.locator(".on-paper").is_hidden()
        sheets = on_paper(page)
        assert len(sheets) > 1
        name = demo_person("student").name
        assert [f"Leerplan van {name}. " in sheet for sheet in sheets] == [True] * len(sheets)


def test_printed_cohort_bears_school_and_day_on_each_page(site: Site, browser: Browser) -> None:
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        sign_in(page, "teacher")
        links = page.locator("main a[href*='/cohorten/']").all()
        printed = []
        for path in [link.get_attribute("href") or "" for link in links]:
            page.goto(path)
            sheets = on_paper(page)
            assert [sheet for sheet in sheets if not HEAD.match(sheet)] == []
            printed.append(len(sheets))
        assert max(printed) > 1
