"""What a view hands to the components: small frozen records, so that a template never has to guess a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

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
class SummaryRow:
    """A line of a read-only list; `change_url` leads to the step where it was filled in."""

    label: Text
    value: Text | int
    change_url: str = ""
