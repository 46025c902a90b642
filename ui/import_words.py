"""The words and numbers on the pages of an imported list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.imports.columns import Column
from core.imports.models import ImportBatch, ImportRow, Verdict
from ui import formats

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HEADINGS: tuple[tuple[str, str | Promise], ...] = (
    (Verdict.NEW, gettext_lazy("New")),
    (Verdict.CHANGED, gettext_lazy("Changes")),
    (Verdict.SAME, gettext_lazy("Stays the same")),
    (Verdict.WAITS, gettext_lazy("Waits")),
    (Verdict.SKIPPED, gettext_lazy("Skipped")),
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number above the list: of one verdict, with the address of its rows."""

    verdict: str
    word: str | Promise
    number: str
    url: str


def tally_of(batch: ImportBatch) -> list[Count]:
    """How many rows there are of each kind; of what is new and what changes also when there are none."""
    kinds = [*HEADINGS, (Verdict.WRONG, gettext_lazy("To correct"))]
    return [
        Count(verdict, word, formats.number(batch.count(verdict)), f"?soort={verdict}")
        for verdict, word in kinds
        if batch.count(verdict) or verdict in (Verdict.NEW, Verdict.CHANGED)
    ]


def shown_kind(asked: str, tally: Sequence[Count]) -> str:
    """The verdict that was asked for, else the first of which there are rows: changes before what is new."""
    there = [count.verdict for count in tally if count.number != "0" and count.verdict != Verdict.WRONG]
    if asked in there:
        return asked
    return str(Verdict.CHANGED if Verdict.CHANGED in there else there[0] if there else Verdict.NEW)


def said_of(row: ImportRow, columns: Sequence[Column]) -> str:
    """What is saved of a new row, in one line: its values, but for those in its name."""
    labels = [column.name for column in columns]
    values = row.values or {}
    found = (str(values[name]) for name in labels if values.get(name) and str(values[name]) not in row.name)
    return " · ".join(map(_as_read, found)) if row.verdict == Verdict.NEW else ""


def _as_read(value: str) -> str:
    """A day in the reader's language; anything else as it is."""
    return formats.day(date.fromisoformat(value)) if ISO_DAY.fullmatch(value) else value


def save_word(number: int) -> str:
    """What the button says."""
    return ngettext("Save %(number)s row", "Save %(number)s rows", number) % {
        "number": formats.number(number)
    }


def rows_words(batch: ImportBatch) -> str:
    """How many rows are in order, and how many are not yet."""
    wrong = batch.count(Verdict.WRONG)
    if not wrong:
        return _("One thing to say about the list")
    text = ngettext(
        "%(good)s rows are in order, %(wrong)s is not yet",
        "%(good)s rows are in order, %(wrong)s are not yet",
        wrong,
    )
    return text % {"good": formats.number(batch.row_count - wrong), "wrong": formats.number(wrong)}
