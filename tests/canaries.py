"""What stands of each student and of nobody else: whoever finds it in an answer has read of that student.

Every text of every row of a file is one, and name, address and date of birth; a new field joins by itself.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

import pypdf
import python_calamine
from django.apps import apps
from django.db import models
from django.utils import translation

from accounts.models import Person
from core.models import ReadLog
from core.readlog import AboutSomeone, path_of
from meetings.models import ImprovementProposal
from students.models import Student
from ui import sheets
from ui.formats import day

SHORTEST = 10  # of a text; a shorter one may be a word of the page
SHORTEST_NAME = 3
MANY = 300
NAMES = ("first_name", "last_name")
SECRETS = ("digest", "token", "content_type", "pc4", "town")  # no text of anyone, or of many
BY_MAIL = {"agreements:signature-object"}
TAGS = re.compile(r"<[^>]*>")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Canaries:
    """Words and texts by whose they are; `names` only count as whole words, `tabled` may stand without a row."""

    texts: dict[str, UUID]
    names: dict[str, UUID]
    tabled: frozenset[str] = frozenset()

    def found_in(self, response: Any) -> dict[UUID, str]:
        """The students of whom the answer holds something, with what it is."""
        words = words_of(response)
        near = _those_near(words, self.texts)
        last = sorted(near.items(), key=lambda pair: pair[0] not in self.tabled)
        found = {whose: text for text, whose in last if _holds(words, text)}
        for name, whose in self.names.items():
            if name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
                found[whose] = name
        return found

    def faults(self, response: Any) -> list[str]:
        """Students who are read of and not noted, and those noted on a list who are not on it.

        Nothing was noted before it. A page that is opened by an address of the student's need not say the name. Who has
        the link of a mail is whoever the mail went to.
        """
        if response.resolver_match and response.resolver_match.view_name in BY_MAIL:
            return []
        actor = getattr(response.wsgi_request, "actor", None)
        reader = actor.person_id if actor else None
        own = (
            set(Student.objects.filter(person=reader).values_list("public_id", flat=True)) if actor else set()
        )
        found = {whose: text for whose, text in self.found_in(response).items() if whose not in own}
        noted = dict(ReadLog.objects.filter(reader=reader).values_list("subject", "kind")) if actor else {}
        listed = {whose for whose, kind in noted.items() if kind == ReadLog.Kind.LIST}
        return [
            *(
                f"holds “{text}” and no row says so"
                for whose, text in found.items()
                if whose not in noted and text not in self.tabled
            ),
            *(f"{self.name_of(whose)} is noted, and is not on it" for whose in listed - found.keys()),
            *("notes one's own file" for _whose in own & noted.keys()),
        ]

    def name_of(self, whose: UUID) -> str:
        return next((name for name, other in self.names.items() if other == whose), str(whose))


def _those_near(words: str, texts: dict[str, UUID]) -> dict[str, UUID]:
    """Those of many texts of which the start is there: looking for each of a thousand takes longer than making a page."""
    if len(texts) < MANY:
        return texts
    starts = {words[at : at + SHORTEST] for at in range(len(words))}
    return {text: whose for text, whose in texts.items() if len(text) < SHORTEST or text[:SHORTEST] in starts}


def _holds(words: str, text: str) -> bool:
    """Whether the text is there, and not in a longer number: 12 January does not tell of who was born on the second."""
    return text in words and re.search(rf"(?<!\d){re.escape(text)}(?!\d)", words) is not None


def words_of(response: Any) -> str:
    """All that an answer says, in its headers, text and fields, on one line."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if kind.startswith("application/pdf") and not response.streaming:  # what someone sent up may be no PDF
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in pages)
    elif kind == sheets.TYPES[sheets.XLSX]:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        text = " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    else:
        html = content.decode(errors="replace").replace("<wbr>", "")
        text = unescape(f"{TAGS.sub(' ', html)} {html}")
    return SPACES.sub(" ", f"{response.get('Content-Disposition', '')} {text}")


def canaries() -> Canaries:
    """All that the database holds of one student alone."""
    texts = _of_one(
        (SPACES.sub(" ", text).strip(), whose)
        for whose, text in (*_texts(), *_days(), *_of_the_person())
        if len(text) >= SHORTEST and whose is not None  # others write too, of whom no file is kept
    )
    others = set(Person.objects.filter(student=None).values_list(*NAMES))
    known = {name for names in others for name in names}
    names = _of_one(
        (name, whose)
        for whose, *parts in Student.objects.values_list("public_id", *(f"person__{name}" for name in NAMES))
        for name in parts
        if len(name) >= SHORTEST_NAME and name not in known
    )
    return Canaries(texts, names, frozenset(titles_of_tables()))


def titles_of_tables() -> Iterator[str]:
    """What proposals are called: agendas, decisions and minutes of a table say that too, without whose it is."""
    for title in ImprovementProposal.objects.values_list("title", flat=True):
        yield SPACES.sub(" ", title).strip()


def _of_one(pairs: Iterator[tuple[str, UUID]]) -> dict[str, UUID]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for text, whose in pairs:
        found[text].add(whose)
    return {text: next(iter(whose)) for text, whose in found.items() if len(whose) == 1}


OURS = {"consent"}  # our own words, to which everyone says the same yes


def _texts() -> Iterator[tuple[UUID, str]]:
    for model in apps.get_models():
        if issubclass(model, AboutSomeone):
            columns = [
                field.name
                for field in model._meta.concrete_fields
                if _is_text(field) and field.name not in OURS
            ]
            rows = model._base_manager.values_list(f"{path_of(model)}public_id", *columns)
            for whose, *values in rows:
                yield from ((whose, value) for value in values if value)


def _is_text(field: Any) -> bool:
    free = isinstance(field, models.CharField | models.TextField) and not field.choices
    return free and not any(secret in field.name for secret in SECRETS)


def _days() -> Iterator[tuple[UUID, str]]:
    for whose, born_on in Student.objects.values_list("public_id", "born_on"):
        yield whose, born_on.isoformat()
        for language in ("nl", "en"):
            with translation.override(language):
                yield whose, day(born_on)


def _of_the_person() -> Iterator[tuple[UUID, str]]:
    for student in Student.objects.select_related("person__user"):
        yield from ((student.public_id, text) for text in (student.address, student.full_name))
