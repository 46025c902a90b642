"""What is kept of someone and how long, and what becomes of a request for erasure, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import ErasureState, KeptWhat
from accounts.models import ErasureRequest
from accounts.queries.privacy import Lengths
from core.privacy.declared import Term
from core.privacy.terms import Duration
from ui.components import SummaryRow, Text
from ui.formats import day

# What a person is told of, in this order; the rest is of the portal's own work.
TOLD = (
    KeptWhat.IDENTITY,
    KeptWhat.RECORD,
    KeptWhat.WORDS,
    KeptWhat.CONTRACT,
    KeptWhat.SUBSIDY,
    KeptWhat.TRACE,
    KeptWhat.MAIL_TEXT,
)
KINDS = {
    ErasureState.ASKED: "wait",
    ErasureState.GRANTED: "busy",
    ErasureState.REFUSED: "back",
    ErasureState.WITHDRAWN: "todo",
    ErasureState.DONE: "done",
}


def kept_rows(lengths: Lengths, *, all_of_them: bool = False) -> list[SummaryRow]:
    """How long each is kept: what is of someone with an account, or all of it."""
    told = KeptWhat if all_of_them else TOLD
    return [SummaryRow(_capital(what.label), length_words(lengths[Term(what)])) for what in told]


def length_words(length: Duration) -> str:
    """A term as people say it: in years where it is whole years."""
    months, days = length
    words = []
    if months and months % 12 == 0:
        words.append(ngettext("%(number)d year", "%(number)d years", months // 12) % {"number": months // 12})
    elif months:
        words.append(ngettext("%(number)d month", "%(number)d months", months) % {"number": months})
    if days:
        words.append(ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
    return (
        _("%(first)s and %(second)s") % dict(zip(("first", "second"), words, strict=True))
        if len(words) == 2
        else words[0]
    )


def _capital(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class RequestRow:
    """A request for erasure in a list, and on the page where it is decided."""

    request: ErasureRequest

    @property
    def kind(self) -> str:
        """The look of its state."""
        return KINDS[ErasureState(self.request.state)]

    @property
    def word(self) -> Text:
        """Its state; beside it stands when it was asked, so that the word says what is next."""
        return _("Waiting for a decision") if self.waits else _capital(self.request.get_state_display())

    @property
    def waits(self) -> bool:
        """Whether an administrator has to decide."""
        return self.request.state == ErasureState.ASKED

    @property
    def key(self) -> str:
        """What an address knows it by."""
        return str(self.request.public_id)

    @property
    def name(self) -> str:
        """Whose it is, as long as there is a name."""
        return self.request.person.full_name

    @property
    def report(self) -> list[SummaryRow]:
        """What was done, in numbers of rows; empty before that."""
        told: dict[str, Any] = self.request.report or {}
        words = {
            "gone": _("Erased"),
            "blanked": _("Made without words or name"),
            "kept": _("Kept to the term"),
        }
        rows = [SummaryRow(words[part], _numbers(told.get(part, {}))) for part in words if told.get(part)]
        if until := max(told.get("kept_until", {}).values(), default=""):
            rows.append(SummaryRow(_("Kept until at the latest"), day(dt.date.fromisoformat(until))))
        return rows


def _numbers(counts: dict[str, int]) -> str:
    """Rows by what people call them, the most first."""
    named: dict[str, int] = {}
    for label, number in counts.items():
        name = str(apps.get_model(label)._meta.verbose_name_plural)
        named[name] = named.get(name, 0) + number
    return "\n".join(
        f"{_capital(name)}: {number}" for name, number in sorted(named.items(), key=lambda item: -item[1])
    )
