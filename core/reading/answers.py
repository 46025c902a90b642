"""What a reader answers: a value, a question or a refusal; and the cleaning that all of them begin with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

T = TypeVar("T")
SHOWN = 60  # characters of what was written that a refusal repeats
_JOINERS = "\u200c\u200d"  # belong inside words of some scripts
_FORMULA_TEXT = re.compile(r'^=\s*"(.*)"$')


class Kind(StrEnum):
    """What makes that a text can be read in more than one way; the answer may hold for a whole column."""

    DAY_OR_MONTH = "day_or_month"
    CENTURY = "century"
    GROUPING = "grouping"
    CLOCK = "clock"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """The one thing that it means."""

    value: T


@dataclass(frozen=True, slots=True)
class Unsure(Generic[T]):
    """It can mean each of these, the likeliest first; `reason` says so in words."""

    kind: Kind
    candidates: tuple[T, ...]
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Refused:
    """It means nothing here; `reason` says why and how to write it. `is_empty` where nothing was written."""

    reason: str | Promise
    is_empty: bool = False


Answer = Read[T] | Unsure[T] | Refused

EMPTY = Refused(_("Nothing has been filled in here."), is_empty=True)


def tidy(value: object) -> str:
    """One line of what was written: plain spaces, no invisible characters, composed letters.

    A cell that a spreadsheet was made to keep as text (="25656") gives that text.
    """
    text = str(value)
    if text.isascii() and text.isprintable():  # the many plain ones of a long list take no time
        if "  " not in text and text[:1] not in " =" and text[-1:] != " ":
            return text
    else:
        text = "".join(map(_kept, unicodedata.normalize("NFC", text)))
    line = " ".join(text.split()).strip(_JOINERS)
    found = _FORMULA_TEXT.match(line)
    return " ".join(found.group(1).split()) if found else line


def plain(value: object) -> str:
    """The same for numbers and codes: every kind of digit, dash and quote as they are typed here."""
    text = tidy(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_TYPED).strip()
        text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    return text.removeprefix("'").strip()


_TYPED = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u00b4"), "'"),
    **dict.fromkeys(map(ord, _JOINERS), ""),
}


def _kept(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in {"Zs", "Zl", "Zp"} or char in "\t\n\r\x0b\x0c\x85":
        return " "
    return "" if kind in {"Cc", "Cf", "Cs"} and char not in _JOINERS else char


def said(words: str | Promise, text: object, **more: object) -> str | Promise:
    """A reason with what was written in it, cut short, in the language of who reads it."""
    written = str(text)
    shown = written if len(written) <= SHOWN else f"{written[:SHOWN]}…"

    return _said(words, {"text": shown, **more})


def _written(words: str | Promise, parts: Mapping[str, object]) -> str:
    return str(words) % {key: _now(value) for key, value in parts.items()}


_said = lazy(_written, str)  # once: to make such a function takes longer than to read a row


def one_of(
    kind: Kind, candidates: Sequence[T], text: object, words: str | Promise, show: Callable[[T], str]
) -> Unsure[T]:
    """The question which of these is meant; `words` has room for the text and for the first and last of them."""
    first, last = candidates[0], candidates[-1]
    return Unsure(
        kind, tuple(candidates), said(words, text, first=lambda: show(first), last=lambda: show(last))
    )


def _now(value: object) -> object:
    return value() if callable(value) else value
