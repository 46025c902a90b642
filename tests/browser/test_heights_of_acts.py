"""How long pages are on a phone that one reaches by acting: a list that is read, and an act for several students at once.

What is done stays in a copy of the demo of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.signing_in import sign_in
from tests.browser.sites import running_site
from tools.local.site import Site

OWN = """() => {
  const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
  return Math.round(top(".site-foot") - top(".plane"));
}"""
# As drawn in design/next: import-2, -4, -done, bulk-plans.
COLUMNS, SAVE, DONE, PLANS = 1_416, 1_690, 1_031, 1_331
DRAWN_STUDENTS = 4
COHORT = "VIG eerste jaar"
HEADER = "voornaam;achternaam;email;geboortedatum;woonplaats;postcode4;huisdier {}"


@pytest.fixture(scope="module")
def own_site() -> Iterator[Site]:
    with running_site("acts") as running:
        yield running


@pytest.fixture(params=["nl", "en"])
def phone(request: pytest.FixtureRequest, own_site: Site, browser: Browser) -> Iterator[Page]:
    """A teacher at the page of a cohort."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=own_site.url)
    page = context.new_page()
    sign_in(page, "teacher")
    page.locator(f"footer button[value='{request.param}']").click()
    page.goto("/mijn/")
    page.locator("main a[href*='/cohorten/']", has_text=COHORT).first.click()
    page.wait_for_load_state()
    yield page
    context.close()


def pressed(phone: Page, button: str) -> None:
    """Press the first of these buttons, and wait for the page that follows."""
    phone.locator(button).first.click()
    phone.wait_for_load_state()


def a_list(folder: Path, language: str) -> Path:
    """Of eight new students, with one column that nobody knows."""
    name, born = {"nl": ("Fien;Boom", "14-03-2004"), "en": ("Guus;Kist", "2-9-2005")}[language]
    lines = [f"{name}{n};{language}{n}@leerling.example;{born};Dronten;8251;kat" for n in range(8)]
    file = folder / "lijst.csv"
    file.write_text("\n".join([HEADER.format(language), *lines]), encoding="utf-8")
    return file


def test_pages_of_a_list_are_no_longer_than_drawn(phone: Page, tmp_path: Path) -> None:
    language = phone.locator("html").get_attribute("lang") or ""
    phone.goto(f"{phone.url}studenten/inlezen/")
    phone.locator("input[type=file]").set_input_files(a_list(tmp_path, language))
    pressed(phone, "main form:has(input[type=file]) button")
    unknown = phone.locator("ul.cols select").first
    assert phone.evaluate(OWN) <= COLUMNS
    unknown.select_option(label=unknown.locator("option").all_inner_texts()[-1])
    pressed(phone, "main form button")
    assert phone.evaluate(OWN) <= SAVE
    phone.locator("form.ask input[type=radio]").last.check()
    pressed(phone, "form.ask button")
    assert phone.evaluate(OWN) <= DONE


def test_plans_for_a_few_are_no_longer_than_drawn(phone: Page) -> None:
    boxes = phone.locator(".studentlines input[type=checkbox]")
    for at in range(DRAWN_STUDENTS):
        boxes.nth(at).check()
    pressed(phone, ".bulk button[formaction*='leerplannen-maken']")
    assert phone.locator(".bulkrow, main ul.rows > li").count() == DRAWN_STUDENTS
    assert phone.evaluate(OWN) <= PLANS
