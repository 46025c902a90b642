"""Retention: what has been kept for its whole term goes. As the keeper; counted first where only that is asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core.privacy.declared import Keep, Personal, Term, declarations
from core.privacy.removing import Rows, remove, write_over

FirstKept = Mapping[Term, dt.date]
# What falls due of one student goes together, in one transaction; of these rows each stands for itself.
BY_THE_ROW = frozenset({Term.TRACE, Term.MAIL_TEXT})
AT_A_TIME = 5_000
ORDER = (
    Term.UNCONFIRMED,
    Term.CALL_CONTACT,
    Term.RECORD,
    Term.WORDS,  # behind the record: whose name went with that cannot be told any more to take the own words along
    Term.CONTRACT,
    Term.SUBSIDY,
    Term.MAIL_TEXT,
    Term.TRACE,
)


@dataclass(frozen=True)
class Overdue:
    """Rows of one model that have been kept long enough."""

    declared: Personal
    keep: Keep
    rows: QuerySet[Any]

    @property
    def name(self) -> str:
        """Under which they stand in a report."""
        return f"{self.declared.model} {'deleted' if self.keep.write is None else 'blanked'}"


def overdue(first_kept: FirstKept, term: Term) -> Iterator[Overdue]:
    """What is overdue of one term, model by model; `first_kept` gives the first day of each that is still kept."""
    for declared in declarations().values():
        for keep in declared.keeps:
            if keep.term == term:
                rows = declared.model_class._base_manager.filter(keep.due(first_kept[term]))
                yield Overdue(declared, keep, rows)


def counted(first_kept: FirstKept) -> dict[str, dict[str, int]]:
    """How many rows of which model are overdue, by term; nothing is changed."""
    return {
        term.value: dict(+Counter({one.name: one.rows.count() for one in overdue(first_kept, term)}))
        for term in ORDER
    }


def carried_out(first_kept: FirstKept) -> dict[str, dict[str, int]]:
    """Take what is overdue away, and give how many rows of which model went or lost their text, by term."""
    return {
        term.value: dict(+(_by_the_row if term in BY_THE_ROW else _together)(first_kept, term))
        for term in ORDER
    }


@transaction.atomic
def _together(first_kept: FirstKept, term: Term) -> Counter[str]:
    """Which rows those are is asked for all models before anything goes, since one leads to the other."""
    found = [(one, set(one.rows.values_list("pk", flat=True))) for one in overdue(first_kept, term)]
    done: Counter[str] = Counter()
    going: Rows = {}
    for one, keys in found:
        if one.keep.write is None:
            going.setdefault(one.declared.model_class, set()).update(keys)
        elif keys:
            done[one.name] += write_over(one.declared.model_class, keys, one.keep.write)
    gone = remove(going)
    return done + Counter({f"{label} deleted": number for label, number in gone.items()})


def _by_the_row(first_kept: FirstKept, term: Term) -> Counter[str]:
    done: Counter[str] = Counter()
    for one in overdue(first_kept, term):
        while keys := set(one.rows.values_list("pk", flat=True)[:AT_A_TIME]):
            with transaction.atomic():
                if one.keep.write is None:
                    gone = remove({one.declared.model_class: keys})
                    done += Counter({f"{label} deleted": number for label, number in gone.items()})
                else:
                    done[one.name] += write_over(one.declared.model_class, keys, one.keep.write)
    return done
