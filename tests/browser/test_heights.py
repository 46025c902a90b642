"""How long pages are on a phone of 390 points wide: what one works with daily stays short, the others are as long as drawn.

One table for all pages that were drawn; a drawn page that comes to be gets its row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.signing_in import sign_in
from tools.local.site import Site

SHORT = 2_599  # what one works with daily: under 2,600
MOST_PAGES = 8  # of a kind are measured, in the order in which they stand
ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
PLAN, GOAL, CONSENT = rf"/leerplannen/{ID}/$", rf"/doelen/{ID}/$", rf"/leerplannen/{ID}/akkoord/$"
COHORT, MATCH, AGREEMENT = rf"/cohorten/{ID}/$", rf"/voorstellen/{ID}/$", rf"/overeenkomsten/{ID}/$"
AGREEMENTS, MATCHES = r"/overeenkomsten/$", "/voorstellen/"
ALL_MATCHES = f"{MATCHES}?toon=alles"
ANSWERED = (974, "workplace/proposal-answered", False, "antwoord=yes")
AMENDMENT = rf"/overeenkomsten/{ID}/wijzigen/(data|uren|begeleiding|locatie|onderbreking|stoppen)/$"
SEEN = """() => {
  const box = (element) => element.getBoundingClientRect();
  const plane = document.querySelector(".plane, .moment, main"), foot = document.querySelector(".site-foot");
  return {
    whole: document.documentElement.scrollHeight,
    own: Math.round(box(foot).top - box(plane).top),
    now: document.querySelectorAll(".path li[aria-current]").length,
    heads: [...document.querySelectorAll("main h2")].map((head) => head.innerText),
    links: [...document.querySelectorAll("a[href]")].map((link) => String(new URL(link.getAttribute("href"), location))),
  };
}"""


@dataclass(frozen=True)
class Seen:
    """A page: how high as a whole, and between head and foot, which are the same everywhere; `now`: steps to take now."""

    whole: int
    own: int
    now: int
    heads: list[str]
    links: list[str]

    def is_of(self, drawn: Drawn) -> bool:
        """Whether the page is of this drawing, among those at the end of its way."""
        leads_elsewhere = any(re.search(drawn.unless, link) for link in self.links)
        return not leads_elsewhere and any(re.search(drawn.says, head) for head in ["", *self.heads])


@dataclass(frozen=True)
class Drawn:
    """A page that was drawn, who opens it, and the way there.

    The first step is an address, or "" for the first page of who signs in; each other names the links to follow. `most` is
    how high it may be between head and foot, `is_whole` with them; `source` is the drawing in design/next, or its README.
    Pages that link to `unless`, or have no heading with `says`, are of another drawing.
    """

    page: str
    person: str
    way: tuple[str, ...]
    most: int
    source: str
    is_whole: bool = False
    unless: str = "^$"
    says: str = ""

    def __str__(self) -> str:
        return f"{self.page}-{self.person}"


DRAWN = [
    Drawn("plan", "student", ("",), SHORT, "README", is_whole=True),
    Drawn("plan", "student-jong", ("",), SHORT, "README", is_whole=True),
    Drawn("plan", "supervisor", ("", PLAN), SHORT, "README", is_whole=True),
    Drawn("consent", "student-jong", ("", CONSENT), SHORT, "README", is_whole=True),
    Drawn("consent", "supervisor", ("", CONSENT), SHORT, "README", is_whole=True),
    Drawn("consent", "trainer", ("", r"/studenten/$", PLAN, CONSENT), SHORT, "README", is_whole=True),
    Drawn(
        "goal, change asked",
        "student",
        ("", GOAL),
        1_458,
        "school/goal-change",
        says="vraagt een aan|asks for a ch",
    ),
    Drawn(
        "goal, hand in", "student", ("", GOAL), 1_926, "school/goal-hand-in", says="^(Bewijs inl|Hand in ev)"
    ),
    Drawn(
        "goal, handed in",
        "student",
        ("", GOAL),
        1_348,
        "school/goal-handed-in",
        says="beoordeelt je|assesses your",
    ),
    Drawn("cohort", "teacher", ("", COHORT), SHORT, "README", is_whole=True),
    Drawn("desk", "supervisor", ("",), SHORT, "README", is_whole=True),
    Drawn("home", "visitor", ("/",), 4_365, "partnership/index"),
    # A line more than drawn: where one asks to hear what is new.
    Drawn("initiatives", "visitor", ("/initiatieven/",), 2_979 + 24, "partnership/initiatieven"),
    Drawn(
        "initiative",
        "visitor",
        ("/initiatieven/", r"/initiatieven/[a-z0-9-]+/$"),
        5_217,
        "partnership/initiatief",
    ),
    # A closed fold more than drawn: where students can still begin.
    Drawn(
        "partnership",
        "visitor",
        ("/samenwerkingen/", r"/samenwerkingen/[a-z0-9-]+/$"),
        4_020 + 48,
        "partnership/samenwerking-leden",
    ),
    Drawn("partnership's start", "coordinator", ("",), 5_718, "partnership/overzicht-pact"),
    Drawn("partnership's start", "coordinator-midden", ("",), 4_340, "partnership/overzicht-platform"),
    Drawn(
        "initiative inside",
        "coordinator",
        ("", r"/initiatieven/$", r"/coordinatie/[a-z0-9-]+/initiatieven/(?!nieuw/)[a-z0-9-]+/$"),
        4_424,
        "partnership/initiatief-binnen",
    ),
    Drawn(
        "group",
        "coordinator",
        ("", "/coordinatie/[a-z0-9-]+/groepen/$", rf"^/groepen/{ID}/$"),
        4_346,
        "partnership/groep",
    ),
    Drawn("first visit", "student-nieuw", ("",), 2_700, "school/first-visit"),
    Drawn("agenda", "student", ("/student/agenda/",), 2_099, "school/agenda"),
    Drawn(
        "place found",
        "student",
        ("/student/werk/", rf"/plaatsingen/{ID}/$", r"/gelukt/$"),
        1_069,
        "school/moment-place",
    ),
    Drawn("goal achieved", "student", ("", GOAL, r"/behaald/$"), 1_105, "school/moment-goal"),
    Drawn("school's start", "teacher", ("",), 3_072, "school/teacher-start"),
    Drawn(
        "cohort, one figure chosen",
        "teacher",
        ("", COHORT, r"\?mist=plan"),
        1_839,
        "school/cohort-selected",
        is_whole=True,
    ),
    Drawn("import, file", "teacher", ("", COHORT, r"/inlezen/$"), 1_324, "workplace/import-1-file"),
    Drawn(
        "import, rows",
        "teacher",
        ("", COHORT, r"/inlezen/$", rf"/inlezen/{ID}/"),
        1_905,
        "workplace/import-3-rows",
    ),
    Drawn("employer's start", "contact", ("",), 3_427, "workplace/employer-start"),
    Drawn("employer's start", "trainer", ("",), 3_427, "workplace/employer-start"),
    Drawn("employer's start", "linde-manager", ("",), 3_427, "workplace/employer-start"),
    Drawn("first steps", "kievit-manager", ("",), 2_084, "workplace/employer-new"),
    Drawn("first steps", "vaart-manager", ("",), 2_084, "workplace/employer-new"),
    Drawn("first steps", "coordinator-nieuw", ("",), 2_084, "workplace/employer-new"),
    Drawn("proposal", "contact", (MATCHES, MATCH), 3_189, "workplace/proposal-employer"),
    Drawn("proposal", "student-voorstel", (MATCHES, MATCH), 2_367, "workplace/proposal-student"),
    Drawn("yes to a student", "contact", (MATCHES, MATCH, "antwoord=yes"), 960, "workplace/proposal-confirm"),
    Drawn("proposal answered", "contact", (ALL_MATCHES, MATCH), *ANSWERED),
    Drawn("proposal answered", "teacher", (ALL_MATCHES, MATCH), *ANSWERED),
    Drawn("proposal answered", "student", (ALL_MATCHES, MATCH), *ANSWERED),
    Drawn("finder", "student", ("/leerwerkplekken/",), 2_731, "workplace/finder"),
    Drawn("finder", "coordinator", ("/leerwerkplekken/",), 2_731, "workplace/finder"),
    Drawn("agreement", "contact", ("", AGREEMENTS, AGREEMENT), 2_639, "workplace/agreement"),
    Drawn("agreement", "student-jong", ("/student/werk/", AGREEMENT), 2_639, "workplace/agreement"),
    Drawn(
        "change of an agreement",
        "contact",
        ("", AGREEMENTS, AGREEMENT, AMENDMENT),
        1_926,
        "workplace/agreement-amend",
    ),
    Drawn(
        "handing over",
        "linde-manager",
        ("", r"/mensen/$", rf"/mensen/{ID}/beeindigen/"),
        1_876,
        "workplace/handover",
    ),
]
# English words are longer here and there: the public pages, those of a school and of a student are held in it too.
DRAWN += [
    replace(drawn, person=f"{drawn.person} en")
    for drawn in DRAWN
    if drawn.person in {"visitor", "teacher", "student"}
]
Look = Callable[[str, str], Seen]


@pytest.fixture(scope="module")
def look(site: Site, browser: Browser) -> Iterator[Look]:
    """`look("teacher", "/groepen/")`: a page on a phone, each opened once; "" is the first page of who signs in.

    In Dutch, or for "teacher en" in English.
    """
    phones: dict[str, Page] = {}
    seen: dict[tuple[str, str], Seen] = {}

    def signed_in(person: str) -> Page:
        name, _space, language = person.partition(" ")
        phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL").new_page()
        phone.goto(site.url)
        if name != "visitor":
            sign_in(phone, name, site.url)
        if language:
            with phone.expect_navigation():
                phone.locator(f"footer button[value='{language}']").click()
        return phone

    def one(person: str, path: str) -> Seen:
        if person not in phones:
            phones[person] = signed_in(person)
        if (person, path) not in seen:
            answer = phones[person].goto(f"{site.url}{path or '/mijn/'}")
            assert answer
            assert answer.status == 200, (person, path)
            seen[person, path] = Seen(**phones[person].evaluate(SEEN))
        return seen[person, path]

    yield one
    for phone in phones.values():
        phone.context.close()


def followed(look: Look, site: Site, person: str, way: tuple[str, ...]) -> list[str]:
    """The addresses at the end of a way, in the order in which they stand; no more pages are opened than it takes."""
    found: dict[str, None] = {}

    def follow(path: str, steps: tuple[str, ...]) -> None:
        if not steps:
            found[path] = None
            return
        links = [link.partition("#")[0].removeprefix(site.url) for link in look(person, path).links]
        for link in dict.fromkeys(
            link for link in links if link.startswith("/") and re.search(steps[0], link)
        ):
            if len(found) < MOST_PAGES:
                follow(link, steps[1:])

    follow(way[0], way[1:])
    return list(found)


@pytest.mark.parametrize("drawn", DRAWN, ids=str)
def test_page_is_no_longer_than_it_was_drawn(look: Look, site: Site, drawn: Drawn) -> None:
    paths = followed(look, site, drawn.person, drawn.way)
    pages = {path: look(drawn.person, path) for path in paths}
    pages = {path: page for path, page in pages.items() if page.is_of(drawn)}
    assert pages, "no link leads there"
    heights = {path: page.whole if drawn.is_whole else page.own for path, page in pages.items()}
    assert not {path: height for path, height in heights.items() if height > drawn.most}


@pytest.mark.parametrize(
    ("person", "way"),
    [
        ("student", ("", GOAL)),
        ("student-jong", ("", GOAL)),
        ("supervisor", ("", PLAN, GOAL)),
        ("teacher", ("", COHORT, rf"/studenten/{ID}/$", PLAN, GOAL)),
    ],
)
def test_goals_stay_short(look: Look, site: Site, person: str, way: tuple[str, ...]) -> None:
    goals = followed(look, site, person, way)
    assert len(goals) > 5
    heights = {goal: look(person, goal).whole for goal in goals}
    assert not {goal: height for goal, height in heights.items() if height > SHORT}


@pytest.mark.parametrize("person", [drawn.person for drawn in DRAWN if drawn.page == "first steps"])
def test_one_of_the_first_steps_is_now(look: Look, person: str) -> None:
    assert look(person, "").now == 1
