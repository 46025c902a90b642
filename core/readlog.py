"""Whose file was read: what is loaded of people while an answer is made is noted, and written down as the answer leaves.

Nobody has to remember to note it. The rows of a model that is `AboutSomeone` are noted as they are loaded, whatever page,
list, table or document asks for them. What is loaded to be weighed and not to be shown is loaded `unseen`; of that, what
is shown after all is handed to `note`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, NamedTuple, Protocol, Self
from uuid import UUID

from django.apps import apps
from django.db import models

from core.dates import today
from core.models import ReadLog


class Subject(NamedTuple):
    """Whose file it is: by the id that the log keeps, and the person, since one's own file is for oneself."""

    public_id: UUID
    person_id: int


class Reader(Protocol):
    """Who reads; asked only when there is something to write."""

    @property
    def person_id(self) -> int: ...


Key = tuple[type[models.Model], int]


@dataclass
class Reading:
    """What was loaded for one answer: rows, what each of them is a part of, and whose the files are."""

    leads: dict[Key, Key | None] = field(default_factory=dict)
    subjects: dict[Key, Subject] = field(default_factory=dict)
    by_public_id: dict[str, Key] = field(default_factory=dict)
    others: set[Subject] = field(default_factory=set)

    def note(self, row: AboutSomeone) -> None:
        """Note a row, by its keys alone."""
        model, values = type(row), row.__dict__
        key = (model, values[model._meta.pk.attname])
        column, above = _lead(model)
        if column:
            if column in values or key not in self.leads:  # loaded again with less, it tells no less
                lead = values.get(column)
                self.leads[key] = (above, lead) if lead else None
        elif {"public_id", "person_id"} <= values.keys():
            self.subjects[key] = Subject(values["public_id"], values["person_id"])
        else:
            self.leads[key] = None
        if public_id := values.get("public_id"):
            self.by_public_id[str(public_id)] = key

    def write(self, reader: Reader, named: Iterable[object]) -> None:
        """One row for each file, in one statement; `named` are the ids in the address, which opened a file."""
        if not (self.leads or self.subjects or self.others):
            return
        reader_id = reader.person_id
        whose = self._whose()
        keys = (self.by_public_id.get(str(one)) for one in named)
        opened = {whose[key] for key in keys if key in whose}
        seen = (self.others | set(whose.values())) - opened
        read = {ReadLog.Kind.FILE: opened, ReadLog.Kind.LIST: seen}
        ReadLog.objects.add(
            reader_id=reader_id,
            day=today(),
            seen=[
                (subject.public_id, kind)
                for kind, subjects in read.items()
                # In one order, so that two answers do not wait for each other
                for subject in sorted(subjects)
                if subject.person_id != reader_id
            ],
        )

    def _whose(self) -> dict[Key, Subject]:
        """Whose file each row belongs to; asks the database only for rows whose way up was not loaded along."""
        found = dict(self.subjects)
        lost: dict[Key, list[Key]] = defaultdict(list)
        for start in self.leads:
            key: Key = start
            while key not in found and (above := self.leads.get(key)):
                key = above
            if key in found:
                found[start] = found[key]
            else:
                lost[key].append(start)
        for key, subject in _asked(lost):
            found.update(dict.fromkeys(lost[key], subject))
        return found


class AboutSomeone(models.Model):
    """A row of someone's file. `ABOUT` is its key to the row that it is a part of, or to the person.

    The one model without `ABOUT` is that of whom the files are, with the columns of `Subject`. Of other people no file is
    kept, and nothing is noted.
    """

    ABOUT: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        if reading := _READING.get():
            reading.note(row)
        return row


_READING: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """What is loaded in this block is for somebody to read."""
    found = Reading()
    token = _READING.set(found)
    try:
        yield found
    finally:
        _READING.reset(token)


@contextmanager
def unseen() -> Iterator[None]:
    """What is loaded in this block is weighed or counted, and not shown."""
    token = _READING.set(None)
    try:
        yield
    finally:
        _READING.reset(token)


def note(*seen: AboutSomeone | Subject | None) -> None:
    """These are shown after all: rows that were loaded `unseen`, or people known by their columns."""
    if not (reading := _READING.get()):
        return
    for one in seen:
        if isinstance(one, Subject):
            reading.others.add(one)
        elif one is not None:
            reading.note(one)


@cache
def _lead(model: type[AboutSomeone]) -> tuple[str, type[models.Model]]:
    """The column that leads to the row that this one is a part of, and the model of that; no column for the last."""
    if not model.ABOUT:
        return "", model
    key: Any = model._meta.get_field(model.ABOUT)
    return key.attname, key.related_model


@cache
def path_of(model: type[models.Model]) -> str:
    """From a row of the model to whose file it is, as queries write it."""
    if not issubclass(model, AboutSomeone):  # a person
        key: Any = _of_whom()._meta.get_field("person")
        return f"{key.remote_field.name}__"
    return f"{model.ABOUT}__{path_of(_lead(model)[1])}" if model.ABOUT else ""


@cache
def _of_whom() -> type[models.Model]:
    return next(model for model in apps.get_models() if issubclass(model, AboutSomeone) and not model.ABOUT)


def _asked(keys: Iterable[Key]) -> Iterator[tuple[Key, Subject]]:
    """The same from the database, in a query for each model."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in keys:
        by_model[model].append(pk)
    for model, pks in by_model.items():
        columns = [f"{path_of(model)}{name}" for name in Subject._fields]
        rows = model._base_manager.filter(pk__in=pks, **{f"{columns[0]}__isnull": False})
        for pk, *values in rows.values_list("pk", *columns):
            yield (model, pk), Subject(*values)
