"""The pages of the demo as each person reads them, in one language, and the texts in them that people wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from lxml.html import HtmlElement, document_fromstring

from tests.browser.crawler import Answer, Crawl, url_name
from tests.browser.pages import SAMPLES, people, probes, start_of
from tests.demo.asking import (
    chosen_beforehand,
    emptied,
    forms_in,
    is_new,
    is_ours,
    name_of,
    narrowed,
    refused_when_empty,
    title_of,
)
from tests.demo.presses import HOST, buttons_of, same_cookies, taken_back
from tests.strict import StrictClient
from ui.jargon import WORDS

# What people write, or what stands in the national registers, and is read on pages as a title or a name. The names of
# organisations and their locations are in no language (WCAG 3.1.2 leaves proper names out).
WRITTEN = {
    "partnerships.ActionLine": ("title",),
    "partnerships.Call": ("title", "summary"),
    "partnerships.Group": ("name",),
    "partnerships.Initiative": ("title", "summary"),
    "partnerships.Partnership": ("name", "summary"),
    "partnerships.PartnershipTheme": ("name",),
    "partnerships.Theme": ("name",),
    "placements.Slot": ("title", "tasks"),
    "playbooks.PlaybookPart": ("title",),
    "playbooks.PlaybookVersion": ("title", "summary"),
    "programmes.Cohort": ("name",),
    "programmes.CoreTask": ("title",),
    "programmes.Programme": ("name",),
    "programmes.Qualification": ("name",),
    "programmes.Session": ("theme", "bring"),
    "programmes.WorkProcess": ("title",),
    "students.GoalVersion": ("text", "criterion", "way_of_working", "evidence_asked"),
}
# Not read as text: what a page holds for a program; what is typed, which is whatever language it is typed in; and the
# title of the window, of which HTML can only say one language for all of it.
NOT_TEXT = ("script", "style", "title", "textarea", "svg")
UNSEEN_CLASSES = {"vh", "notice", "errsum", "field__error"}
OWN = {"name", "given-name", "family-name", "email", "username", "organization"}
BETWEEN = r"[\s\d.,:;()“”\"'–·/-]*"  # what may stand between two names, as in “name, name”
REFUSALS = " or ".join(f"contains(@class, '{name}')" for name in ("notice--warn", "errsum", "field__error"))
SHORTEST = 4
ADDRESS = re.compile(r"\S+@\S+|\S+://\S+")
SHORTEST_WITHIN = 8  # of a name within a sentence: a shorter one may be a word like any other


@dataclass(frozen=True)
class Page:
    """A page as one person read it."""

    who: str
    path: str
    tree: HtmlElement


@dataclass
class Asked:
    """What the forms and lists of those pages said: each kind of them is asked once, by whoever comes there first."""

    refused: list[Page] = field(default_factory=list)  # what came back when nothing was filled in
    # Fields in which something stands chosen, and the page.
    chosen: dict[str, str] = field(default_factory=dict)
    # May be left empty, are refused then, and do not say when.
    unsaid: dict[str, str] = field(default_factory=dict)
    # Lists whose title does not say how they were narrowed.
    untold: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)  # forms that were looked at
    sent: set[str] = field(default_factory=set)  # and what was sent
    again: set[str] = field(default_factory=set)
    lists: set[tuple[str, str]] = field(default_factory=set)

    def see(self, who: str, client: StrictClient, path: str, response: Any) -> None:
        """Ask whatever of a page was not asked yet; what it writes is taken back."""
        if path == reverse("styleguide"):
            return  # samples, which are no lists and keep nothing
        for form in forms_in(response.context):
            if is_ours(form) and is_new(form):
                self.new.add(name_of(form))
                self.chosen |= dict.fromkeys(chosen_beforehand(form), path)
        html = response.content.decode()
        for button in buttons_of(html, path):
            if button.kind not in self.sent:
                self.sent.add(button.kind)
                with same_cookies(client), taken_back():
                    self._refuse(who, path, client.post(button.action, emptied(button.form)))
        for where, query, word in narrowed(document_fromstring(html)):
            if (url_name(path), where) not in self.lists:
                self.lists.add((url_name(path), where))
                tree = document_fromstring(client.get(f"{path}?{query}", follow=True).content.decode())
                if word.lower() not in title_of(tree).lower():
                    self.untold[f"{path}?{query}"] = f"{title_of(tree)} does not say {word}"

    def _refuse(self, who: str, path: str, response: Any) -> None:
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if response.status_code != 200 or not is_page:
            return
        self.refused.append(Page(who, path, document_fromstring(response.content.decode())))
        for form in forms_in(response.context):
            if form.is_bound and is_ours(form) and name_of(form) not in self.again:
                self.again.add(name_of(form))
                self.unsaid |= dict.fromkeys(refused_when_empty(form), path)


class Reader:
    """The client as a visitor of the crawl, which keeps every page, and asks what can be asked there."""

    def __init__(self, who: str, client: StrictClient, language: str, asked: Asked) -> None:
        self.who, self.client, self.asked = who, client, asked
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        self.pages: list[Page] = []

    def get(self, path: str) -> Answer:
        response = self.client.get(path, follow=True)
        landed = response.redirect_chain[-1][0] if response.redirect_chain else path
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        html = response.content.decode() if is_page else ""
        if html and response.status_code == 200:
            self.pages.append(Page(self.who, landed, document_fromstring(html)))
            self.asked.see(self.who, self.client, landed.partition("?")[0], response)
        return Answer(urljoin(HOST + path, landed), response.status_code, html, 0)


def read_all(language: str, signed_in: object) -> tuple[list[Page], Asked]:
    """Every page that someone of the demo comes to, and what was asked there; `signed_in` gives the client of a person."""
    found: list[Page] = []
    asked = Asked()
    for person in people(cross=False):
        reader = Reader(person, signed_in(person), language, asked)  # type: ignore[operator]  # a function of the tests
        Crawl(reader, lambda name: min(SAMPLES.get(name, 1), 2)).run(start_of(person), probes())
        found += reader.pages
    return found, asked


def written() -> list[str]:
    """The texts that people wrote, the longest first."""
    found: set[str] = set()
    for label, names in WRITTEN.items():
        for row in apps.get_model(label)._default_manager.values_list(*names):
            found |= {" ".join(text.split()) for text in row if text}
    return sorted((text for text in found if len(text) >= SHORTEST), key=len, reverse=True)


def texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Each piece of text that is read, with the element whose language it has."""
    for body in tree.iter("body"):
        yield from _pieces(body, lambda element: element.tag in NOT_TEXT)


def _pieces(
    top: HtmlElement, is_left_out: Callable[[HtmlElement], bool]
) -> Iterator[tuple[HtmlElement, str]]:
    """The texts under an element in their order, but for what is left out with all that is in it, each with its element."""
    if is_left_out(top):
        return
    yield from _piece(top, top.text)
    for element in top.iterchildren():
        if isinstance(element.tag, str):  # and no comment
            yield from _pieces(element, is_left_out)
        yield from _piece(top, element.tail)


def _piece(element: HtmlElement, text: str | None) -> Iterator[tuple[HtmlElement, str]]:
    if text and (words := " ".join(text.split())):
        yield element, words


def cards(tree: HtmlElement) -> Iterator[str]:
    """The text of each heading with what stands under it, and of each card and row of a list, without what is hidden.

    Once as on a phone and once as on a wide window: some facts stand in another place there.
    """
    for part in tree.xpath("//main//h1/..") + tree.xpath(
        "//main//*[self::li or self::tr or self::article][not(.//li or .//tr or .//article)]"
    ):
        yield from dict.fromkeys(_card(part, other) for other in ("wide", "narrowly"))


def _card(part: HtmlElement, other: str) -> str:
    seen = part.xpath(
        ".//text()[not(ancestor::*[contains(@class, 'vh') or @hidden or self::nav or self::select"
        " or contains(concat(' ', @class, ' '), $other)])]",
        other=f" {other} ",
    )
    return " ".join(" ".join(seen).split())


def named_twice(tree: HtmlElement, places: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Cards that name the location of a place twice; `places` are titles with the name of the location in them."""
    for text in cards(tree):
        for title, location in places:
            if title in text and text.count(location) > 1:
                yield text[:120]


def asked_again(tree: HtmlElement) -> Iterator[str]:
    """Fields about who reads the page that stand empty though it is known: a browser may offer what is one's own."""
    for control in tree.xpath("//main//input[@autocomplete]"):
        own = OWN.intersection(str(control.get("autocomplete")).split())
        if own and control.get("type") != "hidden" and not control.get("value"):
            yield str(control.get("name"))


def language_of(element: HtmlElement) -> str:
    """The language in which an element says that it is written."""
    around = (one.get("lang") for one in (element, *element.iterancestors()))
    return next((language for language in around if language is not None), "")


def only(stored: Iterable[str]) -> re.Pattern[str]:
    """Knows a piece of text that is what people wrote and nothing else; `stored` with the longest first."""
    names = "|".join(re.escape(one) for one in stored)
    return re.compile(rf"{BETWEEN}(?:(?:{names}){BETWEEN})+")


def within(stored: Iterable[str]) -> re.Pattern[str]:
    """Knows what people wrote within a sentence of the page; `stored` with the longest first."""
    names = "|".join(re.escape(one) for one in stored if len(one) >= SHORTEST_WITHIN)
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


def in_wrong_language(tree: HtmlElement, stored: re.Pattern[str], part: re.Pattern[str]) -> Iterator[str]:
    """What people wrote in Dutch on an English page that does not say so: alone, or within a sentence.

    What a rule refuses names things as well, and rules know no page: a notice that warns, and what is wrong in a form, are
    left out.
    """
    for element, text in texts(tree):
        if language_of(element) == "nl" or element.xpath(f"ancestor-or-self::*[{REFUSALS}]"):
            continue
        if stored.fullmatch(text) or part.search(text):
            yield f"<{element.tag}> {text[:80]}"


def said_to_be_dutch(tree: HtmlElement, english: Collection[str]) -> Iterator[str]:
    """Sentences of ours in English that say that they are Dutch."""
    for element, text in texts(tree):
        if language_of(element) == "nl" and text in english:
            yield f"<{element.tag}> {text[:80]}"


def people_of() -> list[tuple[str, str]]:
    """Everyone with a last name: the whole name, and the last name as it is written behind the first."""
    found = apps.get_model("accounts.Person")._default_manager.exclude(first_name="").exclude(last_name="")
    return [
        (person.full_name, " ".join(filter(None, (person.name_prefix, person.last_name)))) for person in found
    ]


class Names:
    """Knows where someone is called by the last name alone, in a text of several people."""

    def __init__(self, people: Iterable[tuple[str, str]], others: Iterable[str]) -> None:
        """`others` are names of other things, in which a last name may stand."""
        people = list(people)
        whole = {name for name, _last in people} | set(others)
        self.whole = re.compile("|".join(map(re.escape, sorted(whole, key=len, reverse=True))))
        lasts = sorted({last for _name, last in people if len(last) >= SHORTEST}, key=len, reverse=True)
        self.last = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, lasts))})(?![\w-])")

    def alone(self, text: str) -> Iterator[str]:
        """The last names that stand without the first one, with some words around them."""
        rest = self.whole.sub("…", ADDRESS.sub("…", " ".join(text.split())))
        for hit in self.last.finditer(rest):
            before = rest[: hit.start()].split()
            if before and before[-1][0].isupper() and before[-1][-1].isalpha():
                continue  # behind a first name, or a name of something, that the database does not know as such
            yield rest[max(0, hit.start() - 30) : hit.end() + 20]


def read_aloud(tree: HtmlElement) -> str:
    """What a page says, without what is typed on it and what it holds for a program."""
    return " ".join(text for _element, text in texts(tree))


def unexplained(tree: HtmlElement) -> Iterator[str]:
    """The words of `ui.jargon` that a page says without a hint and without a word in the list under it."""
    said = list(_in_sight(tree))
    hints = set(tree.xpath("//button[@class='hint']/@popovertarget"))
    listed = {" ".join(text.split()) for text in tree.xpath("//dl[@class='words']//dd/text()")}
    for word in WORDS:
        first = next((text for text in said if word.pattern.search(text)), "")
        if first and f"hint-{word.key}" not in hints and str(word.meaning) not in listed:
            yield f"{word.key}: {first[:80]}"


def _in_sight(tree: HtmlElement) -> Iterator[str]:
    """The pieces of text of a page that one sees, but for what was just said or refused, and the explanations."""
    for main in tree.iter("main"):
        yield from (text for _element, text in _pieces(main, _is_unseen))


def _is_unseen(element: HtmlElement) -> bool:
    classes = element.get("class", "").split()
    return (
        element.tag in {*NOT_TEXT, "nav"}
        or element.get("hidden") is not None
        or element.get("popover") is not None
        or (element.tag == "dl" and classes == ["words"])
        or not UNSEEN_CLASSES.isdisjoint(classes)
    )
