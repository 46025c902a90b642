"""One act for many rows, each done or refused by itself.

The act is one transaction with a savepoint a row: a row that is refused changes nothing and keeps no other from being
done, and the mails that tell of all of them are written with what they tell of. Whoever calls `each` takes the locks of
all rows first, in the order of their keys, so that two such acts never wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from core import versions

Told = TypeVar("Told", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Picked:
    """A row that was chosen: its key on the page, the version that was read of it, and what was filled in for it."""

    key: str
    read: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: why it was refused, or what takes it back (empty where nothing can)."""

    key: str
    refusal: str = ""
    undo: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.refusal


def each(picked: Iterable[Picked], act: Callable[[Picked], str]) -> list[Outcome]:
    """Do the act for each row within a savepoint of its own; `act` gives what takes it back.

    A ValidationError is the reason of the refusal; a row that is gone under its lock has changed meanwhile.
    """
    found = []
    for one in picked:
        try:
            with transaction.atomic():
                undo = act(one)
        except ValidationError as refusal:
            found.append(Outcome(one.key, refusal=" ".join(refusal.messages)))
        except ObjectDoesNotExist:
            found.append(Outcome(one.key, refusal=str(versions.CHANGED)))
        else:
            found.append(Outcome(one.key, undo=undo))
    return found


def removed(things: Sequence[Thing], delete: Callable[[Sequence[Thing]], None]) -> list[Thing]:
    """Those of the things that could be deleted: all at once, or one by one when something points to any of them."""
    if _goes(things, delete):
        return list(things)
    return [one for one in things if _goes([one], delete)]


def _goes(things: Sequence[Thing], delete: Callable[[Sequence[Thing]], None]) -> bool:
    try:
        with transaction.atomic():
            delete(things)
    except ProtectedError:
        return False
    return True


def by_reader(told: Iterable[tuple[Iterable[Told], Thing]]) -> list[tuple[Told, list[Thing]]]:
    """Each reader once with everything to be told, in the order in which the things come."""
    found: dict[Told, list[Thing]] = defaultdict(list)
    for readers, thing in told:
        for reader in readers:
            found[reader].append(thing)
    return list(found.items())
