"""Finding initiatives: by words (Dutch stems, beginnings of words, likeness), and counts per facet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from psycopg import sql

from core.searching import CONFIG, question
from partnerships.models.initiatives import InitiativeQuerySet

FEW = 3  # fewer hits than this: look for what resembles the words too
MOST_ALIKE = 100
# A search with fewer hits becomes a list of ids, so that the database knows how many rows later queries meet.
MOST_LISTED = 500


@dataclass(frozen=True)
class TextSearch:
    """What a typed text stands for: a condition on initiatives, and how to put the best first.

    Words that very many have are not ranked (`is_ranked`): that would read them all for one page.
    """

    condition: Q
    query: SearchQuery | None = None
    ids: Sequence[int] = ()
    is_likeness: bool = False
    is_ranked: bool = True

    def best_first(self, found: InitiativeQuerySet) -> InitiativeQuerySet:
        """`found` in order of relevance."""
        if self.query is None:
            place = Func(
                Value(list(self.ids), output_field=ArrayField(models.BigIntegerField())),
                F("pk"),
                function="array_position",
                output_field=models.IntegerField(),
            )
            return found.order_by(place, "pk")
        rank = SearchRank(F("search"), self.query)
        return found.order_by(rank.desc(), "-refreshed_on", "title", "pk")


def text_search(text: str) -> TextSearch:
    """Read a typed text: one query for what has the words, one for likeness where they bring little."""
    asked = question(text)
    if asked is None:
        return TextSearch(Q(pk__in=[]))
    search_type = "websearch" if asked.has_operators else "raw"
    query = SearchQuery(asked.text, config=CONFIG, search_type=search_type)
    found = _ids(f"initiatives_with({asked.function}(%s, %s), %s)", CONFIG, asked.text, MOST_LISTED)
    if len(found) == MOST_LISTED:
        return TextSearch(Q(search=query), query=query, is_ranked=False)
    if len(found) >= FEW or not asked.alike:
        return TextSearch(Q(pk__in=found), query=query)
    alike = [pk for pk in _ids("initiatives_like(%s, %s)", asked.alike, MOST_ALIKE) if pk not in found]
    ids = [*found, *alike]
    return TextSearch(Q(pk__in=ids), ids=ids, is_likeness=bool(alike))


def _ids(function: str, *parameters: Any) -> list[int]:
    """What one of the search functions of 0002_search finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {function}", parameters)  # noqa: S608  one of three texts above
        return [pk for (pk,) in cursor.fetchall()]


# Facets

MOST_COUNTED = 2_000
_VALUES = {  # facet: the rows of one count, `c` being the initiatives counted
    "kind": "SELECT kind::text AS value FROM {c} c",
    "phase": "SELECT state::text AS value FROM {c} c",
    "branch": "SELECT unnest(branches)::text AS value FROM {c} c",
    "province": "SELECT unnest(provinces)::text AS value FROM {c} c",
    "theme": "SELECT unnest(theme_ids)::text AS value FROM {c} c",
}
FACETS = tuple(_VALUES)
ALL = ""  # among the counts: of all choices together


@dataclass(frozen=True)
class Counts:
    """How many initiatives have each value of one facet, the choice in that facet itself left aside.

    `total` is what would be found without a choice in this facet. `is_capped`: counting stopped at 2,000
    initiatives, every number means "at least".
    """

    values: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    is_capped: bool = False


def facet_counts(base: InitiativeQuerySet, conditions: Mapping[str, Q]) -> dict[str, Counts]:
    """Counts for every facet in one query; `conditions` holds the chosen facets only.

    Under ALL stands how many meet every choice. Each facet counts among the initiatives that meet the other choices.
    Reading stops at 2,000 of them, so that the page costs the same with a million initiatives.
    """
    sources = {name: f"without_{name}" if name in conditions else "chosen" for name in FACETS}
    tables: list[str] = []
    parameters: list[Any] = []
    try:
        for source in dict.fromkeys([*sources.values(), "chosen"]):
            others = [q for name, q in conditions.items() if source != f"without_{name}"]
            rows = (
                base.filter(*others).order_by().values("kind", "state", "branches", "provinces", "theme_ids")
            )
            text, values = rows[: MOST_COUNTED + 1].query.sql_with_params()
            tables.append(f"{source} AS MATERIALIZED ({text})")
            parameters += values
    except EmptyResultSet:
        return {name: Counts() for name in (*FACETS, ALL)}
    selects = [
        f"SELECT '{name}' AS facet, value, count(*) FROM ({_VALUES[name].format(c=source)}) v"  # noqa: S608
        " GROUP BY value"
        for name, source in sources.items()
    ]
    selects += [
        f"SELECT '{name}', '', (SELECT count(*) FROM {source})"  # noqa: S608
        for name, source in {**sources, ALL: "chosen"}.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_with_values(f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", parameters))
        return _sorted_out(cursor.fetchall())


def _with_values(text: str, parameters: Sequence[Any]) -> str:
    """The statement with its values in it: how they are best read depends on the theme, which a kept plan does not know."""
    return text % tuple(sql.Literal(value).as_string(connection.connection) for value in parameters)


def _sorted_out(rows: Sequence[tuple[str, str, int]]) -> dict[str, Counts]:
    values: dict[str, dict[str, int]] = {name: {} for name in (*FACETS, ALL)}
    for name, value, count in rows:
        values[name][value] = count
    totals = {name: counts.pop("", 0) for name, counts in values.items()}
    return {
        name: Counts(counts, min(totals[name], MOST_COUNTED), totals[name] > MOST_COUNTED)
        for name, counts in values.items()
    }
