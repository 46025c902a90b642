"""Of which class each field is: declared by each app in its `personal.py`, read here for term, erasure and own record.

A field that is in no declaration fails a test, so that nothing is stored of people of which nobody said how long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, reduce
from importlib import import_module
from importlib.util import find_spec
from operator import or_
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q


class Kind(StrEnum):
    """The classes of personal data (docs/privacy.md)."""

    IDENTITY = "identity"  # name, address, birth date
    RECORD = "record"  # goals, assessments, placements
    WORDS = "words"  # evidence, work situations: what a student wrote for itself
    CONTRACT = "contract"  # agreements, signatures, scans
    TRACE = "trace"  # who did, read or was mailed what
    GOVERNANCE = "governance"  # who sat at which table


class Term(StrEnum):
    """What has a term of its own; how long each is stands in `accounts.RetentionTerm`, or else in its defaults."""

    IDENTITY = "identity"
    RECORD = "record"
    WORDS = "words"
    CONTRACT = "contract"
    SUBSIDY = "subsidy"
    TRACE = "trace"
    MAIL_TEXT = "mail_text"
    UNCONFIRMED = "unconfirmed"
    CALL_CONTACT = "call_contact"
    UNUSED = "unused"
    WARNED = "warned"


class AtErasure(StrEnum):
    """What becomes of the rows of a person who is erased."""

    GOES = "goes"
    BLANKED = "blanked"  # `blank` is written over them, the rows stay
    # Until their own term, or because nothing in them leads to a person who has no name any more.
    STAYS = "stays"


# Why a field is of no class
KEY = "an address of the row in the portal, which says nothing of a person"
COUNTER = "counts the changes of the row"
ORGANISATION = "of an organisation or partnership, not of a person"
REFERENCE = "reference data"
HIDDEN = "a hash or a secret that nobody can read; it goes with the account"
WORKING = "how the portal does its work, the same for everybody"
LINK = "leads to a row that is declared itself"
GONE = "–"  # written over a text that may not be empty
GONE_LONG = "(op verzoek verwijderd)"  # the same, where a text has a shortest length

MOMENTS = ("_at", "_time", "until", "created", "at")  # how the names of fields end that hold a moment
Due = Callable[[dt.date], Q]


def since(path: str, **more: Any) -> Due:
    """Rows of which this day or moment is over longer than the term, and of which `more` holds."""
    is_moment = path.rsplit("__", 1)[-1].endswith(MOMENTS)

    def due(day: dt.date) -> Q:
        """`day` is the first that is still kept."""
        return Q(**{f"{path}__date__lt" if is_moment else f"{path}__lt": day}, **more)

    return due


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Keep:
    """How long rows are kept: those that `due` finds go, or `write` is written over them."""

    term: Term
    due: Due
    write: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Because of what the portal still knows someone: rows that `holds` finds still count on the first day that is kept."""

    model: str
    person: str
    holds: Due
    # Whether it stands in the way of erasure as long as it goes on
    stops: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Personal:
    """The declaration of one model. Names of fields stand in one text, with spaces between them."""

    model: str
    of: Sequence[str] = ()  # the ways from a row to the people it is about
    about: str = ""  # of histories: the column with the id of whom a row is about
    identity: str = ""
    record: str = ""
    words: str = ""
    contract: str = ""
    trace: str = ""
    governance: str = ""
    none: Mapping[str, str] = field(default_factory=dict)  # names: why they are of no class
    at_erasure: AtErasure = AtErasure.GOES
    blank: Mapping[str, Any] = field(default_factory=dict)
    keeps: Sequence[Keep] = ()
    why_stays: str = ""
    ends: str = ""  # of contracts: the way to the day from which the term counts

    @property
    def kinds(self) -> dict[str, Kind]:
        """Each field that is of a class, with its class."""
        return {name: kind for kind in Kind for name in getattr(self, kind.value).split()}

    @property
    def reasons(self) -> dict[str, str]:
        """Each field that is of no class, with the reason."""
        return {name: reason for names, reason in self.none.items() for name in names.split()}

    @property
    def model_class(self) -> type[models.Model]:
        """The model itself."""
        return apps.get_model(self.model)

    def told(self) -> list[Any]:
        """The fields of a class, in the order of the model: what someone takes along of a row."""
        kinds = self.kinds
        return [one for one in fields_of(self.model_class) if one.name in kinds]


@cache
def declarations() -> dict[str, Personal]:
    """The declaration of each model, by its label; of two for one model the second is refused."""
    found: dict[str, Personal] = {}
    for one in _of_apps("PERSONAL"):
        if one.model in found:
            raise ValueError(f"{one.model} is declared twice.")
        found[one.model] = one
    return found


@cache
def holds() -> tuple[Hold, ...]:
    """Because of what the portal knows people, of all apps."""
    return tuple(_of_apps("HOLDS"))


def _of_apps(name: str) -> Iterator[Any]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.personal"):
            yield from getattr(import_module(f"{config.name}.personal"), name, ())


def declared_models() -> list[type[models.Model]]:
    """Those with a table of their own: what a view or a proxy shows is stored elsewhere."""
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def fields_of(model: type[models.Model]) -> list[Any]:
    """The fields that need a class: columns and tables between two, without the row's own number."""
    columns = [one for one in model._meta.local_fields if not (one.primary_key and one.name == "id")]
    return [*columns, *model._meta.local_many_to_many]


def undeclared(models_: Sequence[type[models.Model]], known: Mapping[str, Personal]) -> list[str]:
    """`app.Model.field` of each field without class or reason, with two, or that is declared and not there."""
    wrong = []
    for model in models_:
        label = model._meta.label
        one = known.get(label)
        if one is None:
            wrong.append(f"{label}: not declared")
            continue
        names = [name for kind in Kind for name in getattr(one, kind.value).split()] + list(one.reasons)
        there = {item.name for item in fields_of(model)}
        wrong += [f"{label}.{name}: no class" for name in sorted(there - set(names))]
        wrong += [f"{label}.{name}: no such field" for name in sorted(set(names) - there)]
        wrong += [f"{label}.{name}: twice" for name in sorted(set(names)) if names.count(name) > 1]
        if one.kinds and not one.of and not one.why_stays:
            wrong.append(f"{label}: whose is it?")
    return wrong


def rows_of(people: Collection[int]) -> dict[Personal, set[Any]]:
    """Every declared row about these people, by its declaration."""
    found = {}
    for declared in declarations().values():
        if not declared.of:
            continue
        ways = (Q(**{f"{path}__in" if path else "pk__in": list(people)}) for path in declared.of)
        rows = declared.model_class._base_manager.filter(reduce(or_, ways))
        if keys := set(rows.values_list("pk", flat=True)):
            found[declared] = keys
    return found


def ids_of(people: Collection[int]) -> set[UUID]:
    """By which ids histories know these people: their own, and those of the rows that stand for them."""
    return ids_in(rows_of(people))


def ids_in(rows: Mapping[Personal, set[Any]]) -> set[UUID]:
    """By which ids histories know the people whose rows these are (`rows_of`)."""
    found: set[UUID] = set()
    for declared, keys in rows.items():
        names = {one.name for one in fields_of(declared.model_class)} & set(declared.kinds)
        kept = declared.model_class._base_manager.filter(pk__in=keys)
        if "public_id" in names:
            found |= set(kept.values_list("public_id", flat=True))
        if "former_ids" in names:
            found |= {one for ids in kept.values_list("former_ids", flat=True) for one in ids}
    return found
