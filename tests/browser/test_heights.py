"""How long pages are on a phone of 390 points wide: what one works with daily stays short, folds shut."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tools.local.site import Site

SHORT = 2_600
FORM = "main .next-step--form:has(form), main section:not(.next-step--form) > form:has(textarea:visible)"
GOAL = re.compile(r"/doelen/[0-9a-f-]+/$")
# The first pages of who looks after many people: as they were drawn.
STARTS = {"contact": 3_766, "trainer": 3_766, "teacher": 3_555, "student-nieuw": 3_215}
# Drawn at 2,423 with a shorter foot, and a card without a line of one's own.
FIRST_STEPS = 2_720


def height(page: Page, path: str) -> int:
    page.goto(path)
    found: int = page.evaluate("document.documentElement.scrollHeight")
    return found


def links(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).evaluate_all("all => all.map(link => link.href)")
    return found


@pytest.fixture
def phone(site: Site, browser: Browser):
    """Signs someone of the demo in on a phone, and gives the first page."""
    contexts: list[BrowserContext] = []

    def sign_in(person: str) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.url}/demo/")
        page.locator(f'form:has(input[value="{person}"]) button').click()
        page.wait_for_load_state()
        return page

    yield sign_in
    for context in contexts:
        context.close()


def test_cohorts_stay_short(phone) -> None:
    page = phone("teacher")
    cohorts = [link for link in links(page, "main .rows h3 a") if "/cohorten/" in link]
    assert len(cohorts) > 2
    heights = {link: height(page, link) for link in cohorts}
    assert max(heights.values()) < SHORT, heights


@pytest.mark.parametrize("student", ["student", "student-jong"])
def test_plan_and_what_is_asked_in_it_stay_short(phone, student: str) -> None:
    page = phone(student)
    assert height(page, page.url) < SHORT
    for asked in links(page, "main .panel a[href$='/akkoord/']"):
        assert height(page, asked) < SHORT


@pytest.mark.parametrize("student", ["student", "student-jong"])
def test_goals_stay_short(phone, student: str) -> None:
    """Where a form is what one comes for, that form comes on top of it."""
    page = phone(student)
    goals = sorted({link for link in links(page, "main a") if GOAL.search(link)})
    assert len(goals) > 5
    long = {}
    for goal in goals:
        tall, forms = height(page, goal), page.locator(FORM)
        form = sum(box["height"] for form in forms.all() if (box := form.bounding_box()))
        if tall - form >= SHORT:
            long[goal] = tall
    assert not long


def test_desk_of_a_supervisor_stays_short(phone) -> None:
    page = phone("supervisor")
    assert height(page, page.url) < SHORT


@pytest.mark.parametrize("person", STARTS)
def test_first_page_is_no_longer_than_it_was_drawn(phone, person: str) -> None:
    page = phone(person)
    assert height(page, page.url) <= STARTS[person]


@pytest.mark.parametrize("person", ["kievit-manager", "vaart-manager", "coordinator-nieuw"])
def test_first_steps_stay_short(phone, person: str) -> None:
    page = phone(person)
    assert page.locator(".path li[aria-current]").count() == 1
    assert height(page, page.url) <= FIRST_STEPS
