"""What an app says about its lists: the columns, what becomes of a row, how rows are written and taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from core.imports.columns import Column
from core.imports.models import ImportBatch, ImportRow, Verdict


@dataclass(frozen=True, slots=True)
class Problem:
    """What is in the way of a row: in words, with the choices where it can be answered by choosing one.

    `field` is that of the column, empty for the row as a whole; `key` names the question among those of the row. `about`
    are people whom the choices name, so that it is noted who reads of them.
    """

    field: str
    text: str
    key: str = ""
    choices: Sequence[tuple[str, str]] = ()
    suggestion: str = ""
    about: Sequence[UUID] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "field": self.field,
            "about": [str(one) for one in self.about],
            "text": self.text,
            "key": self.key,
            "choices": [list(choice) for choice in self.choices],
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """Something about the whole list, asked once; `lines` are some of the rows that wait for the answer."""

    key: str
    text: str
    choices: Sequence[tuple[str, str]]
    lines: Sequence[int] = ()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "key": self.key,
            "text": self.text,
            "choices": [list(choice) for choice in self.choices],
            "lines": list(self.lines),
        }


@dataclass(frozen=True, slots=True)
class Given:
    """A row as it is to be checked: cells by field, with what was put right in them, and what was answered about it."""

    number: int
    cells: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, key: str, choices: Iterable[tuple[str, str]]) -> str:
        """What was chosen, if it is still one of the choices."""
        given = self.answers.get(key, "")
        return given if given in {value for value, _label in choices} else ""


@dataclass(slots=True)
class Outcome:
    """What becomes of a row, as the page shows it and the commit does it.

    `changes` are texts: what, old, new. `object_id` and `object_version` are of the row that is there already.
    """

    verdict: Verdict
    name: str = ""
    note: str = ""
    values: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    object_id: int | None = None
    object_version: str = ""
    subject: UUID | None = None


class Importer(ABC):
    """One kind of list. An instance is for one batch and one act on it, by one person."""

    kind: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    example: ClassVar[Sequence[str]] = ()
    surveys: ClassVar[Collection[str]] = ()  # the fields that `survey` looks at; without it all

    def __init__(self, batch: ImportBatch, by: Any) -> None:
        self.batch, self.by = batch, by

    @staticmethod
    @abstractmethod
    def actor(person_id: int) -> Any:
        """Who acts, for a worker, that knows the key of a person."""

    @abstractmethod
    def lock(self) -> None:
        """Take the locks under which rows are written or taken back, before anything is read."""

    @abstractmethod
    def ensure(self) -> None:
        """Raises ValidationError when who acts may not make one such row here."""

    def survey(self, rows: Iterable[Given]) -> list[Question]:
        """Look at the whole list first; what has to be asked about it."""
        for _row in rows:
            pass
        return []

    @abstractmethod
    def check(self, rows: Sequence[Given]) -> list[Outcome]:
        """What becomes of these rows, in their order; called for one part of the list after the other."""

    def totals(self) -> dict[str, Any]:
        """What the check says of the list as a whole, after the last part."""
        return {}

    def name_of(self, cells: Mapping[str, str]) -> str:
        """What a row is called on a page."""
        return " ".join(text for text in cells.values() if text)[:80]

    @abstractmethod
    def write(self, rows: Sequence[ImportRow]) -> None:
        """Write a part of the rows as they were checked, new and changed ones; note on each what it made or changed."""

    @abstractmethod
    def take_back(self, rows: Sequence[ImportRow]) -> None:
        """Take back a part of the rows, last ones first; sets `is_undone`, or says in `note` why one stays."""


_IMPORTERS: dict[str, type[Importer]] = {}


def register(importer: type[Importer]) -> type[Importer]:
    """Make an importer known by its kind, for workers."""
    _IMPORTERS[importer.kind] = importer
    return importer


def importer_of(batch: ImportBatch) -> type[Importer]:
    """The importer of a batch."""
    return _IMPORTERS[batch.kind]
