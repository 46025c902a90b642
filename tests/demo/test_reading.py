"""What people wrote on the demo's pages: on the English ones it says that it is Dutch (WCAG 3.1.2), and it is said once."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.utils.translation import override
from lxml.html import document_fromstring
from pytest_django import DjangoDbBlocker

from partnerships.models import Location, Organisation
from placements.models import Slot
from tests.browser.crawler import url_name
from tests.browser.pages import ANONYMOUS
from tests.browser.sites import loaded_database
from tests.demo.reading import (
    SHORTEST,
    Names,
    Page,
    asked_again,
    cards,
    in_wrong_language,
    named_twice,
    only,
    people_of,
    read_all,
    read_aloud,
    said_to_be_dutch,
    unexplained,
    within,
    written,
)
from tests.demo.test_presses import signed_in
from tests.tools.test_wording_rules import catalogue, pairs

FEWEST_PAGES = 250
FEWEST_TEXTS = 300
FEWEST_PLACES = 20
FEWEST_PEOPLE = 50
WITH_WORDS = {
    "accounts:own-data",
    "accounts:verify",
    "cohort-detail",
    "placements:slots-confirm",
    "programmes:qualification-import",
    "students:enrolment-import",
    "students:enrolment-import-batch",
}


@dataclass(frozen=True)
class Read:
    """The demo as it was read: its pages, what people wrote, titles of places with a location, and the people."""

    pages: list[Page]
    stored: list[str]
    places: list[tuple[str, str]]
    people: list[tuple[str, str]]
    things: list[str]


@pytest.fixture(scope="module")
def read(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Read]:
    with loaded_database("reading") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            things = [row.name for kind in (Organisation, Location) for row in kind.objects.all()]
            yield Read(read_all("en", signed_in), written(), titled(), people_of(), things)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def test_what_people_wrote_in_dutch_says_so(read):
    assert len(read.pages) >= FEWEST_PAGES
    assert len(read.stored) >= FEWEST_TEXTS
    alone, part = only(read.stored), within(read.stored)
    found = {
        f"{named(page)}: {fault}"
        for page in read.pages
        for fault in in_wrong_language(page.tree, alone, part)
    }
    assert not found, "\n".join(sorted(found))


def test_what_is_in_english_does_not_say_that_it_is_dutch(read):
    sentences = {
        " ".join(english.split())
        for english, dutch in pairs(catalogue())
        if len(english) >= SHORTEST and english != dutch
    }
    found = {
        f"{named(page)}: {fault}" for page in read.pages for fault in said_to_be_dutch(page.tree, sentences)
    }
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("mark", ["<span", "&lt;span", "lang="])
def test_no_title_or_attribute_holds_markup(read, mark):
    found = {
        f"{named(page)}: {text[:80]}"
        for page in read.pages
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
    pages, places = read.pages, read.places
    assert len(places) >= FEWEST_PLACES
    shown = [text for page in pages for text in cards(page.tree) for title, _name in places if title in text]
    assert len(shown) >= FEWEST_PLACES
    found = {fault: page.path for page in pages for fault in named_twice(page.tree, places)}
    assert [f"{path}: {fault}" for fault, path in found.items()] == []


def test_words_that_not_everyone_knows_are_explained(read):
    """On every page, so that what is made later has them too; these came after the first hints."""
    kinds = {named(page) for page in read.pages}
    assert kinds >= WITH_WORDS, WITH_WORDS - kinds
    with override("en"):
        found = {f"{named(page)}: {fault}" for page in read.pages for fault in unexplained(page.tree)}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<p>Your cohort</p>", 1),
        ("<p>Your cohort<button class='hint' popovertarget='hint-cohort'>?</button></p>", 0),
        ("<nav>Cohorts</nav><p class='vh'>cohort</p><p class='notice'>cohort</p>", 0),
        ("<a>Cohort</a>", 1),
    ],
)
def test_word_without_a_hint_is_seen(html, number):
    page = document_fromstring(f"<html><body><main>{html}</main></body></html>")
    assert len(list(unexplained(page))) == number


def test_nobody_is_called_by_the_last_name_alone(read):
    known = Names(read.people, read.things + read.stored)
    found = {f"{named(page)}: {fault}" for page in read.pages for fault in known.alone(read_aloud(page.tree))}
    assert len(read.people) >= FEWEST_PEOPLE
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Sanne de Vries and Tom Bakker", 0),
        ("Mail sanne.bakker@delta.example", 0),
        ("Groenlinks Bakker in Lelystad", 0),
        ("Mevrouw De Vries", 0),  # a name in another way of writing is no name that we know
        ("It waits for de Vries", 1),
        ("Karin Bakker signed on paper", 0),
        ("Bakker, Tom", 1),
        ("Bakkerij", 0),
    ],
)
def test_last_name_alone_is_seen(text, number):
    known = Names([("Sanne de Vries", "de Vries"), ("Tom Bakker", "Bakker")], ["Groenlinks Bakker"])
    assert len(list(known.alone(text))) == number


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


ASKED_ALL_THE_SAME = {
    ("account_email", "email"),  # another address than the one that is known
    ("partnerships:call-sign-up", "organisation_name"),  # who works at two, or at none, says for which
}


def test_who_is_signed_in_is_not_asked_again_who_they_are(read):
    asked = {
        (url_name(page.path), field)
        for page in read.pages
        if page.who != ANONYMOUS
        for field in asked_again(page.tree)
    }
    assert asked == ASKED_ALL_THE_SAME


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ('<input name="email" autocomplete="email">', 1),
        ('<input name="email" autocomplete="email" value="anna@voorbeeld.example">', 0),
        ('<input name="email" autocomplete="off">', 0),
    ],
)
def test_field_that_asks_again_is_seen(field, number):
    page = document_fromstring(f"<html><body><main>{field}</main></body></html>")
    assert len(list(asked_again(page))) == number
