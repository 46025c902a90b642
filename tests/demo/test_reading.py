"""What people wrote on the demo's pages: on the English ones it says that it is Dutch (WCAG 3.1.2), and it is said once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django import forms
from django.db import connection
from django.urls import reverse
from django.utils.translation import override
from lxml.html import document_fromstring
from pytest_django import DjangoDbBlocker

from partnerships.models import Location, Organisation
from placements.models import Slot
from tests.browser.crawler import url_name
from tests.browser.pages import ANONYMOUS, people
from tests.browser.sites import loaded_database
from tests.demo.asking import (
    STEPS,
    chosen_beforehand,
    dead_and_main,
    long_forms,
    narrowed,
    refused_when_empty,
    steps_unsaid,
    title_of,
    ungrouped,
    ways_out,
)
from tests.demo.reading import (
    SHORTEST,
    Asked,
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
from tests.demo.taken import Shown, addresses, differences, narrower, shown, taken
from tests.demo.test_presses import signed_in
from tests.tools.test_wording_rules import catalogue, pairs
from ui.forms import PortalForm

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
    asked: Asked
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
            yield Read(*read_all("en", signed_in), written(), titled(), people_of(), things)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def test_what_people_wrote_in_dutch_says_so(read):
    assert len(read.pages) >= FEWEST_PAGES
    assert len(read.stored) >= FEWEST_TEXTS
    alone, part = only(read.stored), within(read.stored)
    found = {
        f"{named(page)}: {fault}"
        for page in [*read.pages, *read.asked.refused]
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
        ('<ul><li>Helpende, Molenhof <i class="wide">Molenhof</i><i class="narrowly">x</i></li></ul>', 1),
        (
            '<ul><li><i class="wide">Helpende, Molenhof</i><i class="narrowly">Helpende, Molenhof</i></li></ul>',
            0,
        ),
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
    ("playbooks:lead-create", "organisation_name"),  # the same
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


# What stands chosen in a new form all the same, and why that is no choice that someone else made.
CHOSEN = {
    "meetings.forms.meetings.AnswerForm.answer": "as it is: what one answered before",
    "meetings.forms.proposals.OwnerForm.owner": "who answers now, where another day is chosen",
    "meetings.forms.meetings.MeetingForm.kind": "that of the meeting that it follows, whose page led here",
    "partnerships.forms.contacts.CardForm.show_line": "as it is: colleagues see it until one says otherwise",
    "partnerships.forms.contacts.CardForm.show_email": "as it is: colleagues see it until one says otherwise",
    "partnerships.forms.initiatives.InitiativeForm.provinces": "the provinces of the partnership, given before",
    "partnerships.forms.groups.OfficeForm.is_chair": "as it is",
    "partnerships.forms.groups.OfficeForm.is_secretary": "as it is",
    "placements.forms.placements.PlacementSupervisorForm.supervisor": "as it is",
    "placements.forms.matches.AnswerForm.answer": "pressed on the page before",
    "placements.forms.accreditations.CheckForm.organisation": "the employer whose page led here",
    "placements.forms.accreditations.CorrectionForm.status": "as it was recorded: what is right stays",
    "meetings.forms.needs.NeedForm.organisation": "the only one that one works for",
    "programmes.forms.differences.DifferenceForm.organisation": "the only one that one works for",
    "programmes.forms.differences.DifferenceForm.partnership": "that of the page that led here",
    "programmes.forms.cohorts.CohortForm.teachers": "who makes it, and sees its students no other way",
    "students.forms.situations.TreatSituationForm.session": "the lesson that led here, or in which it comes first",
    "ui.import_forms.ColumnsForm.remember": "columns are remembered until someone says no",
}
# Read in the head of a list, and asked whether that is right.
RECOGNISED = "ui.import_forms.ColumnsForm.column-"
LEAST_FORMS, LEAST_REFUSED, LEAST_LISTS, LEAST_LONG, LEAST_STEPS = 55, 80, 20, 10, 8


def test_nothing_stands_chosen_before_anyone_chose(read):
    found = {field: path for field, path in read.asked.chosen.items() if not field.startswith(RECOGNISED)}
    assert len(read.asked.new) >= LEAST_FORMS
    assert {field: path for field, path in found.items() if field not in CHOSEN} == {}


def test_what_may_be_left_empty_is_not_refused_then_or_says_when(read):
    assert len(read.asked.again) >= LEAST_FORMS
    assert read.asked.unsaid == {}


def test_title_of_a_refused_form_begins_with_that(read):
    titles = {f"{page.who} {page.path}": title_of(page.tree) for page in read.asked.refused}
    assert len(read.asked.refused) >= LEAST_REFUSED
    assert {where: title for where, title in titles.items() if not title.startswith("Error: ")} == {}


def test_title_of_a_list_says_how_it_was_narrowed(read):
    assert len(read.asked.lists) >= LEAST_LISTS
    assert read.asked.untold == {}


def test_title_says_on_which_step_one_is(read):
    pages = [*read.pages, *read.asked.refused]
    assert {fault for page in own(pages) for fault in steps_unsaid(page.tree)} == set()
    assert sum(bool(page.tree.xpath(f"//main//{STEPS}")) for page in own(pages)) >= LEAST_STEPS


def own(pages: list[Page]) -> list[Page]:
    """Those of the portal itself, without the samples of the styleguide."""
    return [page for page in pages if named(page) != "styleguide"]


def test_long_forms_are_in_parts(read):
    assert sum(long_forms(page.tree) for page in own(read.pages)) >= LEAST_LONG
    assert {f"{named(page)}: {fault}" for page in own(read.pages) for fault in ungrouped(page.tree)} == set()


def test_what_cannot_be_done_now_does_not_draw_the_eye(read):
    disabled = [
        page for page in read.pages if page.tree.xpath("//main//*[@aria-disabled='true' or @disabled]")
    ]
    assert len(disabled) >= 1
    assert {f"{page.path}: {button}" for page in read.pages for button in dead_and_main(page.tree)} == set()


def test_one_signs_out_in_two_presses_from_every_page(read):
    address = reverse("account_logout")
    ways = {
        (page.who, page.path.partition("?")[0]): ways_out(page.tree, address)
        for page in read.pages
        if page.who != ANONYMOUS
    }
    at_once = {place for place, (here, _links) in ways.items() if here}
    far = [
        place
        for place, (here, links) in ways.items()
        if not here and not any((place[0], link) in at_once for link in links)
    ]
    assert len({who for who, _path in ways}) >= len(people(cross=False)) - 1
    assert far == []


class PlantedForm(PortalForm):
    """All that must not be."""

    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    tick = forms.BooleanField(required=False, initial=True)
    reason = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["way"] = "a"

    def clean(self):
        data = super().clean()
        if data.get("way") == "b" and not data.get("reason"):
            self.add_error("reason", "Why?")
        return data


class KeptForm(PlantedForm):
    sometimes = ("reason",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.clear()
        self.fields["tick"].initial = None
        self.fields["reason"].help_text = "Needed for B."


def test_planted_form_is_seen():
    assert [name.rpartition(".")[2] for name in chosen_beforehand(PlantedForm())] == ["way", "tick"]
    assert {name.rpartition(".")[2] for name in refused_when_empty(PlantedForm({}))} == {"reason"}
    assert list(chosen_beforehand(KeptForm())) == []
    assert list(refused_when_empty(KeptForm({}))) == []


@pytest.mark.parametrize(
    ("look", "html", "number"),
    [
        (steps_unsaid, '<ol class="steps"><li aria-current="step">2. Guidance</li></ol>', 1),
        (steps_unsaid, '<ol class="steps"><li aria-current="step">1. Place</li></ol>', 0),
        (dead_and_main, '<button class="btn" disabled>Sign</button>', 1),
        (dead_and_main, '<span class="btn btn--ink" aria-disabled="true">Sign</span>', 1),
        (dead_and_main, '<span class="btn btn--second" aria-disabled="true">Sign</span>', 0),
        (ungrouped, f'<form method="post">{"<p class=field></p>" * 8}</form>', 1),
        (
            ungrouped,
            f'<form method="post"><h2>A</h2>{"<p class=field></p>" * 8}<h2>B</h2></form>',
            0,
        ),
        (ungrouped, f'<form method="post">{"<p class=field></p>" * 7}</form>', 0),
        (
            narrowed,
            '<form><select name="soort"><option value="">All</option><option value="a">A (3)</option></select></form>',
            1,
        ),
        (
            narrowed,
            '<form method="post"><input name="q"></form><form><input name="q" type="hidden"></form>',
            0,
        ),
    ],
)
def test_page_that_is_wrong_is_seen(look, html, number):
    page = document_fromstring(
        f"<html><head><title>New place</title></head><body><main>{html}</main></body></html>"
    )
    assert len(list(look(page))) == number


@pytest.mark.parametrize(
    ("html", "way"),
    [
        ("<footer><form action='/uit/'><button>Out</button></form></footer>", (True, set())),
        ("<header><a href='/account/'>Account</a></header>", (False, {"/account/"})),
        ("<main><a href='/account/'>Account</a></main>", (False, set())),
    ],
)
def test_way_out_is_seen(html, way):
    assert ways_out(document_fromstring(f"<html><body>{html}</body></html>"), "/uit/") == way


FEWEST_LISTS, FEWEST_NARROWED = 25, 5
# A file that can be handed in again has a row for each work process: these cells tell which qualification it is of.
SEVERAL = {"programmes:qualification-list": (0, 1, 6)}
SEEN_OF_EACH = 3  # pages on which a list is looked at, of as many people


def test_files_hold_exactly_the_rows_of_the_page_with_and_without_a_filter(read):
    """Each list that someone of the demo can take along, as CSV and for Excel, beside the page that shows it."""
    seen: Counter[str] = Counter()
    narrowed, wrong = set(), []
    for page in read.pages:
        name = url_name(urlsplit(page.path).path)
        if not addresses(page.tree) or seen[name] >= SEEN_OF_EACH:
            continue
        client = signed_in(page.who)
        whole = shown(client, page.path)
        if whole is None:
            continue
        seen[name] += 1
        for address, one in [(page.path, whole), *narrower(client, page.path, whole)]:
            narrowed |= {name} if address != page.path else set()
            rows, others = (taken(client, one.address, kind, SEVERAL.get(name)) for kind in ("csv", "xlsx"))
            wrong += [f"{page.who} {address}: {what}" for what in differences(one, rows, others)]
    assert wrong == []
    assert len(seen) >= FEWEST_LISTS, sorted(seen)
    assert len(narrowed) >= FEWEST_NARROWED, sorted(narrowed)


@pytest.mark.parametrize(
    ("rows", "others"),
    [
        ([["Noor"]], [["Noor"]]),  # one row too few
        ([["Noor"], ["Ali"], ["Bo"]], [["Noor"], ["Ali"], ["Bo"]]),  # one too many, past the filter
        ([["Noor"], ["Bo"]], [["Noor"], ["Bo"]]),  # another row than is shown
        ([["Noor"], ["Ali"]], [["Ali"], ["Noor"]]),  # another order in one of the two
    ],
)
def test_file_with_other_rows_is_found(rows, others):
    page = Shown("", 2, 2, "noor ali", document_fromstring("<main>Noor Ali</main>"))
    assert not list(differences(page, [["Noor"], ["Ali"]], [["Noor"], ["Ali"]]))
    assert list(differences(page, rows, others))
