"""What the statements of a page read: each is run once more as its connection would, by the lasting plan if it has one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction
from psycopg import sql as composed
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "
EXPLAINED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
JOINS = {"Nested Loop", "Hash Join", "Merge Join"}


@dataclass(frozen=True)
class Scan:
    """A table that was read from end to end, with how many rows."""

    table: str
    rows: int


@dataclass
class Statement:
    """One statement of a page; `anew` says that it was planned for this visit alone."""

    sql: str
    buffers: int = 0
    milliseconds: float = 0.0
    joins: int = 0
    anew: bool = False
    dropped: int = 0  # rows that were put in order and then not shown
    scans: list[Scan] = field(default_factory=list)
    plan: str = ""

    def as_json(self) -> dict[str, Any]:
        """For another process."""
        return asdict(self)


class Captured:
    """Within the block, what is asked of the database."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked.append((sql, params))
        return execute(sql, params, many, context)

    def explained(self) -> list[Statement]:
        """Each of them run once more, and nothing written."""
        with transaction.atomic():
            found = [_explained(sql, params) for sql, params in self.asked if _kind(sql) in EXPLAINED]
            transaction.set_rollback(True)
        return found


def _kind(sql: str) -> str:
    return sql.lstrip(" (").split(None, 1)[0].upper()


def _explained(sql: str, params: Any) -> Statement:
    raw = connection.connection
    statement = Statement(sql)
    name, given = _prepared(raw, sql, params)
    with transaction.atomic(), raw.cursor() as cursor:
        if name:
            planned = _planned(cursor, name)
            values = composed.SQL(", ").join(composed.Literal(value) for value in given)
            call = composed.SQL("EXECUTE {}").format(composed.Identifier(name))
            if given:
                call += composed.SQL("({})").format(values)
            cursor.execute(composed.SQL(EXPLAIN) + call, prepare=False)  # type: ignore[arg-type]  # composed of two, where the stub wants one
            rows = cursor.fetchone()
            statement.anew = _planned(cursor, name) > planned
        else:
            cursor.execute(EXPLAIN + sql, params, prepare=False)
            rows = cursor.fetchone()
            statement.anew = True
    found = rows[0] if isinstance(rows[0], list) else json.loads(rows[0])
    root = found[0]["Plan"]
    statement.buffers = root.get("Shared Hit Blocks", 0) + root.get("Shared Read Blocks", 0)
    statement.milliseconds = found[0]["Execution Time"]
    for node in _nodes(root):
        statement.joins += node["Node Type"] in JOINS
        statement.dropped += _dropped(node)
        if node["Node Type"] == "Seq Scan":
            rows = round((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
            statement.scans.append(Scan(node["Relation Name"], rows))
    statement.plan = "\n".join(_lines(root))
    return statement


def _prepared(raw: Any, sql: str, params: Any) -> tuple[str, list[Any]]:
    """The name by which the connection prepared it, or nothing; and its values in the order of the statement."""
    query = PostgresQuery(Transformer(raw))
    query.convert(sql, params)
    with raw.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_prepared_statements WHERE statement = %s ORDER BY prepare_time DESC LIMIT 1",
            [query.query.decode()],
            prepare=False,
        )
        row = cursor.fetchone()
    given = [params[name] for name in query._order or ()] if isinstance(params, dict) else list(params or ())
    return str(row[0]) if row else "", given


def _planned(cursor: Any, name: str) -> int:
    """How often it was planned for one visit."""
    cursor.execute("SELECT custom_plans FROM pg_prepared_statements WHERE name = %s", [name], prepare=False)
    return int(cursor.fetchone()[0])


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _dropped(node: dict[str, Any]) -> int:
    """How many rows were sorted for the few up to a limit."""
    [sort] = node["Plans"][-1:] if node["Node Type"] == "Limit" else [{}]
    if sort.get("Node Type") != "Sort":
        return 0
    rows = sort["Plans"][0]
    return round(rows["Actual Rows"] * rows["Actual Loops"] - sort["Actual Rows"] * sort["Actual Loops"])


def _lines(node: dict[str, Any], depth: int = 0) -> Iterator[str]:
    where = node.get("Index Name") or node.get("Relation Name") or ""
    table = f" on {node['Relation Name']}" if node.get("Index Name") and node.get("Relation Name") else ""
    blocks = node.get("Shared Hit Blocks", 0) + node.get("Shared Read Blocks", 0)
    removed = node.get("Rows Removed by Filter", 0)
    yield (
        f"{'  ' * depth}{node.get('Subplan Name', '')} {node['Node Type']} {where}{table} rows={node['Actual Rows']:g}"
        f"×{node['Actual Loops']:g}{f' removed={removed}' if removed else ''} buffers={blocks}".replace(
            "  {", " {"
        )
    )
    for child in node.get("Plans", ()):
        yield from _lines(child, depth + 1)
