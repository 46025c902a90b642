"""What a view hands to the components: small frozen records, so that a template never has to guess a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from django.utils.functional import Promise

MOST_SEATS = 4  # of a location, before the rest of them is folded
Row = TypeVar("Row")

Text = str | Promise  # plain or lazily translated

PartyName = Literal["student", "employer", "school", "representative"]
SignState = Literal["none", "wait", "ok", "back"]
BlockState = Literal["todo", "busy", "done", "back"]


@dataclass(frozen=True, slots=True)
class SignParty:
    """One party of a sign strip. `on` is the day of its answer; `word` replaces the usual word of the state."""

    party: PartyName
    state: SignState = "none"
    name: str = ""
    on: dt.date | None = None
    word: Text = ""


@dataclass(frozen=True, slots=True)
class LineBlock:
    """One goal of a progress line."""

    state: BlockState
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The goals of one work process in a progress line."""

    label: str
    blocks: Sequence[LineBlock]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A day with something on it; `lines` say when, where, with whom and what to bring."""

    day: dt.date
    title: Text
    lines: Sequence[Text] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a training place: who has it until when, or that it is free.

    The strip is a part of the coming year, in per cent.
    """

    name: Text
    url: str = ""
    note: Text = ""  # the place, or the programme
    until: dt.date | None = None
    since: dt.date | None = None  # the first day, where that is still to come
    left: int = 0
    width: int = 100
    is_free: bool = False


def folded(rows: Sequence[Row], most: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """What of a long list is shown at once, and what its fold holds: two at least, for a fold takes the room of one."""
    return (rows[:most], rows[most:]) if len(rows) > most + 1 else (rows, [])


@dataclass(frozen=True, slots=True)
class Location:
    """A location with its seats; `taken` of `total` have someone. `shown` are the first, `more` what its fold holds."""

    name: str
    taken: int
    total: int
    seats: Sequence[Seat]

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return max(0, self.total - self.taken)

    @property
    def shown(self) -> Sequence[Seat]:
        return folded(self.seats, MOST_SEATS)[0]

    @property
    def more(self) -> Sequence[Seat]:
        return folded(self.seats, MOST_SEATS)[1]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; `note` says in words how it changed. `few` sets words where a number would stand."""

    label: Text
    value: Text | int
    note: Text = ""
    few: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An item of a menu, tab bar or role switcher."""

    label: Text
    url: str
    current: bool = False
    icon: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Someone who is named on a page, with what that person shows of oneself there; what is empty is simply left out.

    `party` gives the shape behind the initials; without one it is a plain outlined square, as for coordinators.
    """

    name: str
    initials: str
    line: Text = ""  # the role or function, with the organisation
    email: str = ""
    phone: str = ""
    photo: str = ""  # the address of the picture
    party: PartyName | None = None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A line of a read-only list; `change_url` leads to the step where it was filled in.

    `typed` is what someone wrote, or a name that someone gave: it is Dutch on a page in another language too.
    """

    label: Text
    value: Text | int
    change_url: str = ""
    typed: bool = False
