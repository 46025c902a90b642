"""What people wrote on the demo's pages: on the English ones it says that it is Dutch (WCAG 3.1.2), and it is said once."""

from collections.abc import Iterator

import pytest
from django.db import connection
from lxml.html import document_fromstring
from pytest_django import DjangoDbBlocker

from placements.models import Slot
from tests.browser.crawler import url_name
from tests.browser.sites import loaded_database
from tests.demo.reading import (
    SHORTEST,
    Page,
    cards,
    in_wrong_language,
    named_twice,
    only,
    read_all,
    said_to_be_dutch,
    within,
    written,
)
from tests.demo.test_presses import signed_in
from tests.tools.test_wording_rules import catalogue, pairs

FEWEST_PAGES = 250
FEWEST_TEXTS = 300
FEWEST_PLACES = 20


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
    alone, part = only(stored), within(stored)
    found = {
        f"{named(page)}: {fault}" for page in pages for fault in in_wrong_language(page.tree, alone, part)
    }
    assert not found, "\n".join(sorted(found))


def test_what_is_in_english_does_not_say_that_it_is_dutch(read):
    pages, _stored, _places = read
    sentences = {
        " ".join(english.split())
        for english, dutch in pairs(catalogue())
        if len(english) >= SHORTEST and english != dutch
    }
    found = {f"{named(page)}: {fault}" for page in pages for fault in said_to_be_dutch(page.tree, sentences)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("mark", ["<span", "&lt;span", "lang="])
def test_no_title_or_attribute_holds_markup(read, mark):
    pages, _stored, _places = read
    found = {
        f"{named(page)}: {text[:80]}"
        for page in pages
        for text in page.tree.xpath("//title/text() | //@*[not(name()='lang')] | //option/text()")
        if mark in text
    }
    assert not found, "\n".join(sorted(found))


def named(page: Page) -> str | None:
    return url_name(page.path.partition("?")[0])


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
        ("<p>The training place Tillen met z’n tweeën</p>", 1),
        ('<p>The training place <span lang="nl">Tillen met z’n tweeën</span> is new</p>', 0),
        ("<div class='notice notice--warn'><p>No room in Tillen met z’n tweeën</p></div>", 0),
        ('<p><a href="/x/">Tillen met z’n tweeën</a> is new</p>', 1),
        ('<div lang="nl"><b lang="en">Title</b> Tillen met z’n tweeën</div>', 0),
        ("<select><option>De Linde</option></select>", 1),
        ('<select><option lang="nl">De Linde</option></select>', 0),
        ("<label>De Linde</label>", 1),
        ("<textarea>De Linde</textarea>", 0),
    ],
)
def test_text_without_its_language_is_seen(html, number):
    page = document_fromstring(f'<html lang="en"><body>{html}</body></html>')
    stored = ["Tillen met z’n tweeën", "De Linde"]
    assert len(list(in_wrong_language(page, only(stored), within(stored)))) == number


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ('<h1 lang="nl">Save</h1>', 1),
        ("<h1>Save</h1>", 0),
        ('<h1 lang="nl">Tillen met z’n tweeën</h1>', 0),
    ],
)
def test_english_that_is_said_to_be_dutch_is_seen(html, number):
    page = document_fromstring(f'<html lang="en"><body>{html}</body></html>')
    assert len(list(said_to_be_dutch(page, {"Save"}))) == number
