"""What holds for every row of a table, with the rows that break it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGE = 1_000  # keys that are fetched at a time

# What to do, by what went wrong.
ASK_MAKERS = _(
    "Leerpact itself never writes this. Send the name of the check and the numbers to whoever maintains Leerpact."
)
FIND_SOMEONE = _("See to someone who can do it: give another person the role, or the right to sign.")
MAKE_ROOM = _(
    "Leerpact refuses this, so it was written another way. Let whoever keeps it make room, or let someone leave."
)


@dataclass(frozen=True)
class Statement:
    """Rows by a statement that gives their keys in one column, where the models have no words for it."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def page(self, after: int | None) -> list[int]:
        """The next keys."""
        text = f"""
            SELECT DISTINCT key FROM ({self.text}) AS found (key)
            WHERE %(after)s::bigint IS NULL OR key > %(after)s::bigint ORDER BY key LIMIT {PAGE}
        """  # noqa: S608  the text is ours
        with connection.cursor() as cursor:
            cursor.execute(text, {**self.values, "after": after})
            return [key for (key,) in cursor.fetchall()]


Rows = QuerySet[Any] | Statement | Iterable[int]


@dataclass(frozen=True)
class Invariant:
    """`truth` is the line of the model that it holds to; `says` and `todo` are for administrators."""

    rows: Callable[[], Rows]
    truth: str
    says: str | Promise
    todo: str | Promise

    @property
    def name(self) -> str:
        """As it is known in the log, in the table of findings and in a mail."""
        return self.rows.__name__

    def broken(self) -> Iterator[int]:
        """The keys of the rows that break it, a page at a time, so that a million of them are no trouble."""
        rows = self.rows()
        if not isinstance(rows, QuerySet | Statement):
            yield from sorted(rows)
            return
        last: int | None = None
        while keys := self._page(rows, last):
            yield from keys
            if len(keys) < PAGE:
                return
            last = keys[-1]

    @staticmethod
    def _page(rows: QuerySet[Any] | Statement, after: int | None) -> list[int]:
        if isinstance(rows, Statement):
            return rows.page(after)
        further = rows if after is None else rows.filter(pk__gt=after)
        return list(further.order_by("pk").values_list("pk", flat=True).distinct()[:PAGE])


def holds(
    truth: str, says: str | Promise, todo: str | Promise = ASK_MAKERS
) -> Callable[[Callable[[], Rows]], Invariant]:
    """Makes an invariant of the function that gives the rows which break it."""
    return lambda rows: Invariant(rows=rows, truth=truth, says=says, todo=todo)
