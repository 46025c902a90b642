"""Words that not everyone knows are explained where a page says them first."""

import re

import pytest
from lxml.html import fragment_fromstring

from ui.jargon import WORDS, explained, mentions

HINT = '<button class="hint"'


def hints(html: str) -> list[str]:
    page = fragment_fromstring(str(explained(html)), create_parent=True)
    return [button.get("popovertarget") for button in page.xpath(".//button[@class='hint']")]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Je crebo", "crebo"),
        ("Crebo’s en meer", "crebo"),
        ("deze werkprocessen", "werkproces"),
        ("these work processes", "werkproces"),
        ("via SROI", "sroi"),
        ("de POK", "pok"),
        ("tijdens je BPV", "bpv"),
        ("een BBL-student", "bbl"),
        ("een BOL-student", "bol"),
        ("twee kerntaken", "kerntaak"),
        ("een keuzedeel", "keuzedeel"),
        ("op niveau 3", "niveau"),
        ("at level 3", "niveau"),
        ("de entreeopleiding", "entree"),
        ("de erkenning", "erkenning"),
        ("bij SBB", "sbb"),
        ("In dit cohort", "cohort"),
        ("De penvoerder", "penvoerder"),
        ("het BRIN", "brin"),
        ("opleiding VZMZ", "vzmz"),
    ],
)
def test_first_mention_has_a_hint_and_the_next_ones_none(said, key):
    html = f"<h1>{said}</h1><p>{said}, en nog eens {said}.</p><p>{said}</p>"
    assert hints(html) == [f"hint-{key}"]
    assert {word.key for word in WORDS} >= {key}


def test_hint_stands_right_behind_the_word_and_says_what_it_means():
    html = explained("<p>Voor elk werkproces (B1-K1-W1) een doel.</p>")
    assert html.startswith(f"<p>Voor elk werkproces{HINT}")
    assert html.endswith("</span> (B1-K1-W1) een doel.</p>")
    page = fragment_fromstring(html)
    (button,) = page.xpath(".//button")
    meaning = page.get_element_by_id(button.get("popovertarget"))
    assert meaning.get("popover") == ""
    assert "onderdeel van het werk" in meaning.text_content()
    assert button.text_content().strip() == "Wat betekent werkproces?"


@pytest.mark.parametrize(
    "html",
    [
        "<p><a href='/x'>Je cohort</a></p>",
        "<label>Cohort <input></label>",
        "<select><option>Cohort A</option></select>",
        "<table><tr><th>Cohort</th></tr></table>",
        "<table><tr><td data-label='Groep'>Cohort A</td></tr></table>",
        "<h1>Cohort</h1>",
    ],
)
def test_word_where_no_button_may_stand_is_in_the_list_under_the_page(html):
    page = str(explained(html))
    assert HINT not in page
    assert "Wat betekenen deze woorden?" in page
    assert "groep studenten" in page


@pytest.mark.parametrize(
    "html",
    [
        "<p>Cohortje, mijncohort, docent@cohort.example</p>",
        "<p class='x' data-cohort='cohort'>Zonder</p>",
        '<p><span class="vh">Cohort</span></p><a href="/cohort/">Groep</a>',
    ],
)
def test_other_words_and_what_nobody_sees_have_none(html):
    assert str(explained(html)) == html


def test_link_before_does_not_close_the_text_behind_it():
    found = mentions("<p><a href='/x'>Lees <b>meer</b></a> over je cohort.<br>En <img alt=''> je POK.</p>")
    assert found.ends.keys() == {"cohort", "pok"}


def test_what_is_quoted_stands_as_it_was_written():
    page = str(explained("<p>Klopt “BBL Verzorgende IG” nog?</p>"))
    assert "<p>Klopt “BBL Verzorgende IG” nog?</p>" in page
    assert "Wat betekenen deze woorden?" in page
    assert mentions("<p>Klopt “BBL Verzorgende IG” nog? Dat is BBL.</p>").ends.keys() == {"bbl"}


def test_what_is_quoted_may_say_its_language():
    title = '“<span lang="nl">BBL Verzorgende IG</span>”'
    assert mentions(f"<p>Is {title} still available?</p>").ends == {}
    assert mentions(f"<p>Is {title} still available? It is BBL.</p>").ends.keys() == {"bbl"}
    assert mentions("<p>Typed “ by someone</p><p>A BBL</p>").ends.keys() == {"bbl"}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("BBL", "BBL"),
        ("de werkprocessen", "werkproces"),
        ("the work process", "work process"),
        ("POK", "POK"),
    ],
)
def test_question_names_the_word_as_it_is_written(said, name):
    (button,) = fragment_fromstring(explained(f"<p>{said}</p>")).xpath(".//button")
    assert button.text_content().strip() == f"Wat betekent {name}?"


def test_each_form_of_a_word_holds_what_is_looked_for_first():
    """Every alternative of a pattern has one of the stems in it."""
    for word in WORDS:
        forms = word.pattern.pattern.partition("(?:")[2].rpartition(")(?!")[0].replace("-?", "")
        each = re.sub(r"\(\?:[^()]*\)", "", re.sub(r"\[(.)(.)\]", r"\2", forms.replace("e(?:el|len)", "e")))
        for form in each.split("|"):
            assert any(stem in form.lower() for stem in word.stems), (word.key, form)
