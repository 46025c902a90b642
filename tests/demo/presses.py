"""Every button that posts, found by following links as each person of the demo, and pressed twice.

A first press does something; the second, of whoever pressed twice, went back or had a slow phone, says what was done and
changes nothing. Pressed a third time on a page that was opened before someone else changed the thing, it does nothing and
says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Container, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.contrib.messages import ERROR
from django.core.cache import cache
from django.db import connection, transaction
from django.http import QueryDict
from lxml.html import FormElement, HtmlElement, document_fromstring

from core import versions
from core.dates import today
from tests.browser.crawler import Answer, Crawl, url_name
from tests.late import touched, written_since
from tests.strict import StrictClient

HOST = "https://leerpact.example"
READ = "read"  # the name under which a form sends the version of what its page showed
NUMBER = re.compile(r"\d+")
TURNS = 7
VALUES = {
    "number": ["1", "2", "12", "2027"],
    "email": ["iemand.anders@voorbeeld.example"],
    "time": ["09:00", "11:00"],
}
NONSENSE = ["x,y" * 900, "12345678,123456789", "-99999999999", "\u200b"]
# What Django says of a fault by itself, in Dutch and in English.
DJANGOS = re.compile(
    r"Voer een |Voer een geldig|Zorg ervoor|Dit veld is verplicht|Selecteer een geldige|Dit is geen geldig"
    r"|Enter a |Enter the |Ensure |This field|Select a valid|is not a valid|is geen geldige"
)
MOST_TRIES = 4  # pages on which one kind of button is tried until it does something


@dataclass(frozen=True)
class Button:
    """A button of a form as it stood on a page. Two with one `kind` do the same to other things."""

    kind: str
    page: str
    action: str
    form: FormElement = field(compare=False)
    name: str = ""
    value: str = ""

    def data(self) -> QueryDict:
        """What a browser sends of the page as it is."""
        data = QueryDict(mutable=True)
        for name, value in self.form.form_values():
            data.appendlist(name, value or "")
        if self.name:
            data[self.name] = self.value
        return data


@dataclass
class Press:
    """What two presses of a button did."""

    button: Button
    did: bool  # whether the first one did something
    said: str = ""  # a fault of the second one
    changed: tuple[str, ...] = ()  # tables that the second one changed
    blind: str = ""  # what it did although the thing was another than on the page
    foreign: frozenset[str] = frozenset()  # what it says of nonsense in words that are not ours


class Pages:
    """The client as a visitor of the crawl, which keeps every button that it sees."""

    def __init__(self, client: StrictClient) -> None:
        self.client = client
        self.buttons: dict[str, list[Button]] = defaultdict(list)

    def get(self, path: str) -> Answer:
        response = self.client.get(path, follow=True)
        landed = response.redirect_chain[-1][0] if response.redirect_chain else path
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        html = response.content.decode() if is_page else ""
        if html and response.status_code == 200:
            for button in buttons_of(html, urljoin(path, landed)):
                known = self.buttons[button.kind]
                if len(known) < MOST_TRIES and all(button.action != one.action for one in known):
                    known.append(button)
        return Answer(urljoin(HOST + path, landed), response.status_code, html, 0)


def press_all(
    client: StrictClient,
    start: list[str],
    probes: list[str],
    *,
    done: Container[str] = (),
    known: Container[str] = (),
) -> Iterator[Press]:
    """Every kind of button that this person can find, the first of each that does something; not those in `done`.

    Those in `known` were pressed by someone else, and got nonsense then: they get it again where they do something.
    """
    pages = Pages(client)
    Crawl(pages, lambda name: 3).run(start, probes)
    for kind, buttons in pages.buttons.items():
        if kind in done:
            continue
        last = None
        for button in buttons:
            with same_cookies(client):
                last = press_twice(client, button)
            if last.did:
                break
        if last and (last.did or kind not in known):
            with same_cookies(client):
                last.foreign = press_nonsense(client, last.button)
            yield last


@contextmanager
def same_cookies(client: StrictClient) -> Iterator[None]:
    """Whoever signs out in here is signed in again."""
    cookies = deepcopy(client.cookies)
    yield
    client.cookies = cookies


def press_twice(client: StrictClient, button: Button) -> Press:
    """Press, look at the page that follows, and press once more; all is taken back.

    What the form then says is lacking is filled in, as someone would, and the button pressed again.
    """
    data, why = button.data(), ""
    for turn in range(TURNS):
        found = None
        with taken_back():
            before = touched()
            first = _post(client, button, data)
            why = _faults(first)
            if first.status_code in {301, 302} and not why:
                written = written_since(before)
                found = _again(client, button, data, first, did=bool(written))
        if found and found.did and says_what_was_read(button):
            found.blind = press_over_a_change(client, button, data, written)
        if found and (found.did or found.said or found.changed):
            return found
        lacks = first.status_code == 200 and _fill_in(data, first.content.decode(), turn)
        if not lacks and not _change(data, button.form, turn):
            break
    return found or Press(button, did=False, said=why)


def press_nonsense(client: StrictClient, button: Button) -> frozenset[str]:
    """Press with nonsense in every field; gives what is said of it in Django's own words instead of ours."""
    found = set()
    for turn in range(len(NONSENSE)):
        data = button.data()
        for control in button.form.iter("input", "textarea", "select"):
            kind = (control.get("type") or control.tag).lower()
            if control.get("name") and kind not in {"hidden", "file", "submit", "checkbox"}:
                data[control.get("name")] = NONSENSE[turn]
        with taken_back():
            response = _post(client, button, data)
        if response.status_code == 200:
            page = document_fromstring(response.content.decode())
            words = {element.text_content() for element in page.find_class("field__error")}
            found |= {" ".join(text.split()) for text in words if DJANGOS.search(text)}
    return frozenset(found)


def says_what_was_read(button: Button) -> bool:
    """Whether the form carries the version of what its page showed."""
    return READ in button.form.fields


def press_over_a_change(client: StrictClient, button: Button, data: QueryDict, written: set[str]) -> str:
    """Press on a page that showed what the act writes to as it was before someone else changed it; all is taken back.

    Gives what was wrong with the answer: nothing is written, the words say why, and what was typed is still there.
    """
    cache.clear()  # that the same was sent before is remembered
    with taken_back():
        _change_all(written)
        before = touched()
        response = _post(client, button, data)
        if tables := written_since(before):
            return f"wrote {sorted(tables)}"
        # A page that comes back has shown its messages by now.
        if str(versions.CHANGED) not in (_faults(response) or response.content.decode()):
            return f"did not say that it was changed: {_faults(response) or response.status_code}"
        return "" if _is_kept(button, data, response) else "lost what was typed"


def _change_all(written: set[str]) -> None:
    """Every row of those of these tables that count their changes becomes another; of all when it is none of them."""
    counting = {model._meta.db_table for model in versions.versioned_models()}
    with connection.cursor() as cursor:
        for table in sorted((counting & written) or counting):
            name = connection.ops.quote_name(table)
            cursor.execute(f"UPDATE {name} SET row_version = row_version + 1")


def _is_kept(button: Button, data: QueryDict, response: Any) -> bool:
    """Whether the texts that someone typed stand in the form that comes back."""
    typed = {data.get(name) for name in _texts(button.form) if data.get(name)}
    if not typed:
        return True
    forms = document_fromstring(response.content.decode() or "<html></html>").forms
    shown = {(value or "").strip() for form in forms for _name, value in form.form_values()}
    return {text.strip() for text in typed} <= shown


def _texts(form: FormElement) -> Iterator[str]:
    for control in form.iter("input", "textarea"):
        kind = (control.get("type") or "text").lower()
        if control.get("name") and (control.tag == "textarea" or kind in {"text", "email"}):
            yield control.get("name")


def _again(client: StrictClient, button: Button, data: QueryDict, first: Any, *, did: bool) -> Press:
    client.get(first["Location"])
    before = touched()
    with taken_back():
        second = _post(client, button, data)
        tables = written_since(before)
        after = {table: _content(table) for table in tables}
    changed = tuple(table for table in sorted(tables) if _content(table) != after[table])
    return Press(button, did, _faults(second), changed)


def _post(client: StrictClient, button: Button, data: QueryDict) -> Any:
    content_type = "application/x-www-form-urlencoded"
    return client.post(
        button.action, data.urlencode(), content_type=content_type, headers={"referer": button.page}
    )


def _faults(response: Any) -> str:
    """What is not an answer that tells what was done."""
    if response.status_code not in {200, 301, 302}:
        return f"answered {response.status_code}"
    storage = getattr(response.wsgi_request, "_messages", None)
    said = [str(one) for one in getattr(storage, "_queued_messages", ()) if one.level >= ERROR]
    if said:
        return f"said: {' '.join(said)}"
    if response.status_code == 200 and b'class="errsum' in response.content:
        words = document_fromstring(response.content.decode()).find_class("errsum")[0].text_content()
        return f"refused: {' '.join(words.split())}"
    return ""


def buttons_of(html: str, page: str) -> Iterator[Button]:
    for form in document_fromstring(html).forms:
        if (form.get("method") or "get").lower() != "post":
            continue
        action = urljoin(page, form.get("action") or "")
        name = url_name(urlsplit(action).path)
        fields = ",".join(
            sorted({NUMBER.sub("#", key) for key in form.fields if key != "csrfmiddlewaretoken"})
        )
        pressed = [one for one in form.iter("button", "input") if _submits(one)]
        named = {(one.get("name") or "", one.get("value") or "") for one in pressed}
        for key, value in sorted(named or {("", "")}):
            what = f"{key}={NUMBER.sub('#', value)}" if key else ""
            yield Button(f"{name} [{fields}] {what}".strip(), page, action, form, key, value)


def _submits(element: HtmlElement) -> bool:
    usual = "submit" if element.tag == "button" else "text"
    return (element.get("type") or usual) == "submit"


def _fill_in(data: QueryDict, html: str, turn: int) -> bool:
    """Fill in what the page says is wrong; each turn something else. Whether there was anything."""
    found = False
    for wrong in document_fromstring(html).find_class("field--error"):
        for control in wrong.iter("input", "textarea", "select"):
            name, kind = control.get("name"), (control.get("type") or control.tag).lower()
            if name and kind not in {"hidden", "file", "password"} and not name.endswith("-keep"):
                values = _values(kind, control)
                found = bool(values) or found
                if values and (kind != "checkbox" or not data.get(name)):
                    data[name] = values[turn % len(values)]
    return found


def _change(data: QueryDict, form: FormElement, turn: int) -> bool:
    """Write something else in one of the fields, each turn in another; whether there is such a field."""
    controls = [one for one in form.iter("input", "textarea", "select") if _can_change(one)]
    for control in controls[turn : turn + 1]:
        kind = (control.get("type") or control.tag).lower()
        values, now = _values(kind, control), data.get(control.get("name"))
        data[control.get("name")] = next((value for value in reversed(values) if value != now), values[-1])
    return turn < len(controls)


def _can_change(control: HtmlElement) -> bool:
    kind = (control.get("type") or control.tag).lower()
    is_open = control.get("name") and control.get("disabled") is None
    return bool(is_open and kind not in {"hidden", "file", "password", "submit"} and _values(kind, control))


def _values(kind: str, control: HtmlElement) -> list[str]:
    if kind == "select":
        return [value for one in control.iter("option") if (value := one.get("value"))]
    if kind in {"radio", "checkbox"}:
        return [control.get("value") or "on"]
    if kind == "date":
        return [(today() + dt.timedelta(days=days)).isoformat() for days in (10, 0, -1, 40, -7300, 300)]
    if control.get("inputmode") in {"decimal", "numeric"}:
        return ["8245", "25655", "6", "2027", *VALUES["number"]]
    return VALUES.get(kind, ["Dat past zo beter", "8245", "2", "25655"])


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _content(table: str) -> Any:
    """All that stands in a table, but for the counters of changes."""
    row = f"(to_jsonb(t) - 'row_version')::text FROM {connection.ops.quote_name(table)} t"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), sum(hashtextextended(line, 0)::numeric) FROM (SELECT {row}) AS l(line)"
        )
        return cursor.fetchone()
