"""What people wrote on the demo's pages: on the English ones it says that it is Dutch (WCAG 3.1.2), and it is said once."""

from collections.abc import Iterator

import pytest
from django.db import connection
from lxml.html import document_fromstring
from pytest_django import DjangoDbBlocker

from placements.models import Slot
from tests.browser.crawler import url_name
from tests.browser.sites import loaded_database
from tests.demo.reading import Page, cards, in_wrong_language, named_twice, only, read_all, written
from tests.demo.test_presses import signed_in

FEWEST_PAGES = 250
FEWEST_TEXTS = 300
FEWEST_PLACES = 20
# Pages on which a title or name still stands without its language: the lists of facts, and what presenters put together.
OPEN = {
    "agreements:agreement-detail",
    "coordinator-next-steps",
    "partnerships:organisation-detail",
    "partnerships:own-card",
    "placement-detail",
    "placements:match-answer",
    "placements:match-detail",
    "placements:match-propose",
    "placements:match-propose-cohort",
    "placements:slot-detail",
    "placements:slot-find",
    "placements:slot-list",
    "placements:slot-manage",
    "school-next-steps",
    "school-start",
    "student-start",
    "students:enrolment-import",
    "students:enrolment-import-batch",
    "students:plan-detail",
    "students:plan-print",
    "styleguide",  # shows how it looks
}


@pytest.fixture(scope="module")
def read(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[list[Page], list[str], list[tuple[str, str]]]]:
    with loaded_database("reading") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield read_all("en", signed_in), written(), titled()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def test_what_people_wrote_in_dutch_says_so(read):
    pages, stored, _places = read
    assert len(pages) >= FEWEST_PAGES
    assert len(stored) >= FEWEST_TEXTS
    pattern = only(stored)
    found = {
        f"{url_name(page.path.partition('?')[0])}: {fault}"
        for page in pages
        if url_name(page.path.partition("?")[0]) not in OPEN
        for fault in in_wrong_language(page.tree, pattern)
    }
    assert not found, "\n".join(sorted(found))


def titled() -> list[tuple[str, str]]:
    """The titles of places that name their location, with its name."""
    rows = Slot.objects.values_list("title", "location__name")
    return [(title, name) for title, name in rows if name in title]


def test_no_card_names_the_location_of_a_place_twice(read):
    pages, _stored, places = read
    assert len(places) >= FEWEST_PLACES
    shown = [text for page in pages for text in cards(page.tree) for title, _name in places if title in text]
    assert len(shown) >= FEWEST_PLACES
    found = {fault: page.path for page in pages for fault in named_twice(page.tree, places)}
    assert [f"{path}: {fault}" for fault, path in found.items()] == []


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<div><h1>Helpende, Molenhof</h1><p>Molenhof, Lelystad</p></div>", 1),
        ("<div><h1>Helpende, Molenhof</h1><p>De Linde, Lelystad</p></div>", 0),
        ("<ul><li>Helpende, Molenhof<br>Molenhof, Lelystad</li></ul>", 1),
        ('<ul><li>Helpende, Molenhof <a>Bekijk<span class="vh">: Helpende, Molenhof</span></a></li></ul>', 0),
        ("<ul><li>Helpende, Molenhof</li><li>Verzorgende, Molenhof</li></ul>", 0),
    ],
)
def test_location_that_is_named_twice_is_seen(html, number):
    page = document_fromstring(f"<html><body><main>{html}</main></body></html>")
    assert len(list(named_twice(page, [("Helpende, Molenhof", "Molenhof")]))) == number


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<h1>Tillen met z’n tweeën</h1>", 1),
        ('<h1 lang="nl">Tillen met z’n tweeën</h1>', 0),
        ("<p>De Linde, Tillen met z’n tweeën (3)</p>", 1),
        ("<p>The training place Tillen met z’n tweeën</p>", 0),
        ('<p><a href="/x/">Tillen met z’n tweeën</a> is new</p>', 1),
        ('<div lang="nl"><b lang="en">Title</b> Tillen met z’n tweeën</div>', 0),
        ("<select><option>De Linde</option></select>", 0),
    ],
)
def test_text_without_its_language_is_seen(html, number):
    page = document_fromstring(f'<html lang="en"><body>{html}</body></html>')
    assert len(list(in_wrong_language(page, only(["Tillen met z’n tweeën", "De Linde"])))) == number
