"""Finding initiatives: by words (Dutch stems, beginnings of words, likeness), and counts per facet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Q, Value

from core.text import unaccented
from partnerships.models.initiatives import Initiative, InitiativeQuerySet

CONFIG = "dutch_unaccent"
MOST_WORDS = 8
FEW = 3  # fewer hits than this: look for what resembles the words too
MOST_ALIKE = 100
LONG_ENOUGH = 3  # letters; shorter words resemble everything
MOST_RANKED = 2_000

# Care staff still say "leerling"; the law and our texts say "student" (domain.md 8).
SYNONYMS = {"leerling": "student", "leerlingen": "student", "deelnemer": "student", "deelnemers": "student"}
_OPERATORS = re.compile(r'"|(?:^|\s)-\w|\sor\s', re.IGNORECASE)


@dataclass(frozen=True)
class TextSearch:
    """What a typed text stands for: a condition on initiatives, and how to put the best first."""

    condition: Q
    query: SearchQuery | None = None
    ids: Sequence[int] = ()
    is_likeness: bool = False

    def best_first(self, found: InitiativeQuerySet) -> InitiativeQuerySet:
        """`found` in order of relevance; of very many hits the newest are ranked."""
        if self.query is None:
            place = Func(
                Value(list(self.ids), output_field=ArrayField(models.BigIntegerField())),
                F("pk"),
                function="array_position",
                output_field=models.IntegerField(),
            )
            return found.order_by(place, "pk")
        newest = found.newest_first()[:MOST_RANKED].values("pk")
        rank = SearchRank(F("search"), self.query)
        return Initiative.objects.filter(pk__in=newest).order_by(rank.desc(), "-refreshed_on", "title", "pk")


def text_search(text: str) -> TextSearch:
    """Read a typed text; one query, and one more for likeness when the words bring little."""
    words = re.findall(r"\w+", text)[:MOST_WORDS]
    if not words:
        return TextSearch(Q(pk__in=[]))
    query = _query(text, words)
    published = Initiative.objects.published().order_by()
    found = list(published.filter(search=query).values_list("pk", flat=True)[:FEW])
    if len(found) == FEW:
        return TextSearch(Q(search=query), query=query)
    alike = [pk for pk in _alike(words) if pk not in found]
    ids = [*found, *alike]
    return TextSearch(Q(pk__in=ids), ids=ids, is_likeness=bool(alike))


def _query(text: str, words: Sequence[str]) -> SearchQuery:
    """Every word, or a word that begins with it; quotes, OR and a minus sign mean what they do in search engines."""
    if _OPERATORS.search(text):
        return SearchQuery(text, config=CONFIG, search_type="websearch")
    parts = []
    for word in words:
        synonym = SYNONYMS.get(word.lower())
        parts.append(f"('{word}':* | '{synonym}':*)" if synonym else f"'{word}':*")
    return SearchQuery(" & ".join(parts), config=CONFIG, search_type="raw")


def _alike(words: Sequence[str]) -> list[int]:
    """Ids of initiatives in whose title or summary every word has its like, the closest first."""
    plain = sorted({unaccented(word) for word in words if len(word) >= LONG_ENOUGH}, key=len, reverse=True)
    if not plain:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM initiatives_like(%s, %s)", [plain, MOST_ALIKE])
        return [pk for (pk,) in cursor.fetchall()]


# Facets

MOST_COUNTED = 5_000
_VALUES = {  # facet: the rows of one count, `c` being the initiatives counted
    "kind": "SELECT kind::text AS value FROM {c} c",
    "phase": "SELECT state::text AS value FROM {c} c",
    "branch": "SELECT unnest(branches)::text AS value FROM {c} c",
    "province": "SELECT unnest(provinces)::text AS value FROM {c} c",
    "theme": "SELECT m.theme_id::text AS value FROM {c} c JOIN {themes} m ON m.initiative_id = c.id",
}
FACETS = tuple(_VALUES)


@dataclass(frozen=True)
class Counts:
    """How many initiatives have each value of one facet, the choice in that facet itself left aside.

    `total` is what would be found without a choice in this facet. `is_capped`: counting stopped at 5,000
    initiatives, every number means "at least".
    """

    values: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    is_capped: bool = False


def facet_counts(base: InitiativeQuerySet, conditions: Mapping[str, Q]) -> dict[str, Counts]:
    """Counts for every facet in one query; `conditions` holds the chosen facets only.

    Each facet counts among the initiatives that meet the other choices. Reading stops at 5,000 of them, so that the
    page costs the same with a million initiatives.
    """
    sources = {name: f"without_{name}" if name in conditions else "chosen" for name in FACETS}
    tables: list[str] = []
    parameters: list[Any] = []
    try:
        for source in dict.fromkeys(sources.values()):
            others = [q for name, q in conditions.items() if source != f"without_{name}"]
            rows = base.filter(*others).order_by().values("id", "kind", "state", "branches", "provinces")
            sql, values = rows[: MOST_COUNTED + 1].query.sql_with_params()
            tables.append(f"{source} AS MATERIALIZED ({sql})")
            parameters += values
    except EmptyResultSet:
        return {name: Counts() for name in FACETS}
    themes = Initiative.themes.through._meta.db_table
    selects = [
        f"SELECT '{name}' AS facet, value, count(*) FROM ({_VALUES[name].format(c=source, themes=themes)}) v"  # noqa: S608
        " GROUP BY value"
        for name, source in sources.items()
    ]
    selects += [
        f"SELECT '{name}', '', (SELECT count(*) FROM {source})"  # noqa: S608
        for name, source in sources.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", parameters)
        return _sorted_out(cursor.fetchall())


def _sorted_out(rows: Sequence[tuple[str, str, int]]) -> dict[str, Counts]:
    values: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, value, count in rows:
        values[name][value] = count
    totals = {name: counts.pop("", 0) for name, counts in values.items()}
    return {
        name: Counts(counts, min(totals[name], MOST_COUNTED), totals[name] > MOST_COUNTED)
        for name, counts in values.items()
    }
