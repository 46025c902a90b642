"""On a phone every list has rows of two lines: the name with what matters most, and behind each other the other facts.

Each page that the crawl meets is opened at 390 points, with its folded parts open, and each list on it is measured.
"""

import statistics
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Reach
from tests.browser.pages import ANONYMOUS, people
from tests.browser.signing_in import sign_in
from tools.local.site import Site

BADGE = 48  # a state in two lines of words
ROW = 102  # two lines and what is around them; each may wrap once
TEXT = "rows--texts"
FEWEST = 60  # lists; without them nothing was measured

# Lists of which a row is more than that, by the name of their page's url and their kind.
HIGHER = {
    ("coordinator-all", "table"): "a partnership with what waits there, by kind, and its next meeting",
    ("meetings:meeting-detail", "rows"): "an item with where it came from and what came of it",
    ("meetings:partnership-actions", "table"): "what, whose table, who, by when, and how it stands",
    ("meetings:partnership-decisions", "rows"): "a decision whole, with its reason",
    (
        "partnerships:contact-book",
        "rows",
    ): "someone with a picture and role, and how to reach them by a press",
    ("partnerships:coordination-members", "table"): "since when, with what can be done",
    ("partnerships:organisation-alike-list", "rows"): "two organisations a row, with what each is",
    ("partnerships:person-merge", "table"): "two people beside each other, a fact a row",
    ("accounts:mail-list", "rows"): "why each did not go, in a sentence, and what can be done",
    (
        "partnerships:person-detail",
        "rows",
    ): "an invitation that did not arrive: why, in a sentence, and what to do",
}
# Pages with a list of texts that are read there, whole: `rows--texts`.
TEXTS = {
    "accounts:support": "what support did and why",
    "enrolment-detail": "work situations",
    "placements:slot-examples": "what a student does at each",
    "student-work": "the own work situations",
    "students:cohort-situation-list": "work situations",
    "students:enrolment-situations": "work situations",
    "students:goal-detail": "evidence",
    "students:plan-versions": "what changed in a plan",
    "students:session-detail": "work situations of a lesson",
}
LISTS = """() => {
  document.querySelectorAll("main details").forEach((part) => { part.open = true; });
  const rows = (list) => [...list.children].filter(
    (row) => row.checkVisibility() && getComputedStyle(row).display !== "contents");
  const kinds = ["rows--texts", "rows", "studentlines", "acts__list", "seats__list"];
  const kind = (list) => kinds.find((one) => list.classList.contains(one)) || "table";
  return [...document.querySelectorAll(
    "main table tbody, main .rows, main .studentlines, main .acts__list, main .seats__list")].map((list) => ({
      kind: kind(list),
      heights: rows(list).map((row) => row.getBoundingClientRect().height),
      badges: Math.max(0, ...[...list.querySelectorAll(".status")].map((one) => one.getBoundingClientRect().height)),
    })).filter((list) => list.heights.length);
}"""


@dataclass(frozen=True)
class Seen:
    """A list on a page: its kind, and how high its rows are."""

    name: str
    path: str
    person: str
    kind: str
    heights: list[float]
    badges: float  # the highest state

    @property
    def median(self) -> float:
        return statistics.median(self.heights)


def measured(site: Site, browser: Browser, reached: Reach, person: str, known: set[str]) -> list[Seen]:
    """The lists of the pages of one person that nobody before opened."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL", base_url=site.url)
    page = context.new_page()
    if person != ANONYMOUS:
        sign_in(page, person)
    found = []
    for name, path in sorted(reached(person).pages.items()):
        if name in known:
            continue
        known.add(name)
        page.goto(path, wait_until="load")
        found += [Seen(name, path, person, **one) for one in page.evaluate(LISTS)]
    context.close()
    return found


@pytest.fixture(scope="module")
def lists(site: Site, browser: Browser, reached: Reach) -> list[Seen]:
    known: set[str] = set()
    return [one for person in people(cross=False) for one in measured(site, browser, reached, person, known)]


def test_rows_of_every_list_have_two_lines(lists: list[Seen]) -> None:
    short = [one for one in lists if one.kind != TEXT]
    assert len(short) >= FEWEST, len(short)
    assert {one.kind for one in short} >= {"table", "rows", "studentlines", "acts__list", "seats__list"}
    high = [one for one in short if one.median > ROW and (one.name, one.kind) not in HIGHER]
    assert not high, "\n".join(
        f"{one.path} ({one.name}, {one.kind}, {one.person}): {one.median}" for one in high
    )


def test_badge_of_a_state_is_as_high_as_its_words(lists: list[Seen]) -> None:
    assert sum(one.badges > 0 for one in lists) > 10
    high = [f"{one.path} ({one.person}): {one.badges}" for one in lists if one.badges > BADGE]
    assert not high, high


def test_what_may_be_higher_is_there_and_is(lists: list[Seen]) -> None:
    assert {(one.name, one.kind) for one in lists if one.kind != TEXT and one.median > ROW} == HIGHER.keys()


def test_texts_that_are_read_in_a_list_are_named(lists: list[Seen]) -> None:
    found = {one.name for one in lists if one.kind == TEXT}
    assert len(found) > 3
    assert found <= TEXTS.keys()


def test_phone_says_which_invitation_could_not_be_delivered(site: Site, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        sign_in(page, "linde-manager", site.url)
        page.goto(f"{site.url}/organisatie/de-linde/mensen/")
        expect(page.get_by_text("Kon niet worden bezorgd")).to_be_visible()
