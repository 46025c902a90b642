"""How a rule is written, and who someone was at the moment at which a row says that it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

import time_machine
from django.db import models
from django.test import override_settings

from accounts.models import User
from core import periods
from core.dates import local_day
from core.models import StateChange
from demo.seed.history import at
from partnerships.actors import Actor, actor_of
from students.enums import Party
from students.models import Enrolment
from students.rules import party_of

Faults = Iterator[str]


@dataclass(frozen=True)
class Rule:
    """`rows` gives what is looked at; `faults` says what is wrong with one row."""

    rows: Callable[[], Iterable[Any]]
    faults: Callable[[Any], Faults]

    def broken(self) -> list[str]:
        """What is wrong, row by row; refuses to say that nothing is wrong when there was nothing to look at."""
        changes.cache_clear()
        found, number = [], 0
        for number, row in enumerate(self.rows(), 1):  # noqa: B007
            found += [f"{row._meta.label} {row.pk}: {fault}" for fault in self.faults(row)]
        assert number, "no row to look at"
        return found


RULES: dict[str, Rule] = {}


def rule(rows: Callable[[], Iterable[Any]]) -> Callable[[Callable[[Any], Faults]], Callable[[Any], Faults]]:
    def named(faults: Callable[[Any], Faults]) -> Callable[[Any], Faults]:
        RULES[faults.__name__] = Rule(rows, faults)
        return faults

    return named


# Who someone was then: found out once for all rules, since most of their time goes there

_KNOWN: dict[tuple[Any, ...], Any] = {}


def of_then(find: Callable[..., Any]) -> Callable[..., Any]:
    """What `find` gives for the same arguments is asked of the database once, until it is forgotten."""

    def found(*which: Any) -> Any:
        key = (find, *which)
        if key not in _KNOWN:
            _KNOWN[key] = find(*which)
        return _KNOWN[key]

    return found


def forget() -> None:
    """Who someone was is asked anew: of a fault that changed that, or of another database."""
    _KNOWN.clear()


@contextmanager
def known_as_before() -> Iterator[None]:
    """What is found out inside, while a fault is planted, is known no more afterwards."""
    before = dict(_KNOWN)
    try:
        yield
    finally:
        forget()
        _KNOWN.update(before)


def actor_then(person_id: int, moment: dt.datetime) -> Actor:
    """The person with the roles of that day."""
    return _actor_on(person_id, local_day(moment))


def enrolment_then(enrolment_id: int, moment: dt.datetime) -> Enrolment:
    """The enrolment with the parties of that day; of a student who came back the one that ran then."""
    return _enrolment_on(enrolment_id, local_day(moment))


@contextmanager
def _on(day: dt.date) -> Iterator[None]:
    """That day, when nobody knew yet who would end what later: what was ended since has its days, and ran on them."""
    then = patch.object(periods, "running", periods.within)
    with override_settings(WRITTEN_QUERIES=False), time_machine.travel(at(day), tick=False), then:
        yield


@of_then
def _actor_on(person_id: int, day: dt.date) -> Actor:
    with _on(day):
        return actor_of(User.objects.get(person=person_id))


@of_then
def _enrolment_on(enrolment_id: int, day: dt.date) -> Enrolment:
    with _on(day):
        enrolment = Enrolment.objects.with_parties().get(pk=enrolment_id)
        if enrolment.continues_id and day < enrolment.starts_on:
            return _enrolment_on(enrolment.continues_id, day)
        assert enrolment.parties
        return enrolment


@cache
def changes() -> dict[tuple[str, str], list[StateChange]]:
    found: dict[tuple[str, str], list[StateChange]] = {}
    for change in StateChange.objects.order_by("pk"):
        found.setdefault((change.model, change.object_id), []).append(change)
    return found


def past(row: models.Model, action: str = "") -> list[StateChange]:
    """The changes of state of a row, as they were recorded; only those by one action when it is named."""
    known = changes().get((row._meta.label_lower, str(row.pk)), [])
    return [change for change in known if not action or change.action == action]


def party_then(person_id: int | None, enrolment_id: int, moment: dt.datetime) -> Party | None:
    if person_id is None:
        return None
    return party_of(actor_then(person_id, moment), enrolment_then(enrolment_id, moment))
