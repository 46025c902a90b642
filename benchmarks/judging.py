"""Whether what a page reads keeps to its budget at a larger size than the one the budget is of."""

from __future__ import annotations

from typing import Any

from benchmarks.pages import MANY_ROWS, MOST_JOINS

GROWTH = 1.2  # what a page may read more than with 1,000 students
MOST_SORTED = 2_000  # rows for the sake of the first of them
LEVEL = 4 / 3  # and one level of an index more: a look of three blocks becomes one of four


def faults(statements: list[dict[str, Any]], buffers: int) -> list[str]:
    """Each with the statement at fault, shortened; empty for a page that may stay as it is."""
    found = []
    read = sum(one["buffers"] for one in statements)
    most = round(buffers * GROWTH * LEVEL)
    if read > most:
        worst = max(statements, key=lambda one: one["buffers"])
        found.append(
            f"reads {read:,} buffers of at most {most:,}; {worst['buffers']:,} of them: {_short(worst)}"
        )
    for one in statements:
        for scan in one["scans"]:
            if scan["rows"] > MANY_ROWS:
                found.append(f"reads {scan['table']} from end to end, {scan['rows']:,} rows: {_short(one)}")
        if one["dropped"] > MOST_SORTED:
            found.append(f"sorts {one['dropped']:,} rows that are not shown: {_short(one)}")
        if one["anew"] and one["joins"] > MOST_JOINS:
            found.append(f"plans a statement of {one['joins']} joins anew at each visit: {_short(one)}")
    return found


def _short(statement: dict[str, Any]) -> str:
    sql = statement["sql"]
    where = sql.find(" FROM ")
    return f"{sql[:60]} … {sql[where : where + 60]} … {sql[-80:]}"
