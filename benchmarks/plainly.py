"""Loads millions of rows plainly: indexes, keys and triggers go first and come back over the whole, which checks all rows.

Checks of a row stay. So do triggers that fill a column; those that watch a change have nothing to watch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

FILL = (
    "initiative_partners",
    "initiative_search_vector",
    "initiative_theme_ids",
    "initiative_themes_changed",
    "qualification_ids",
)
LOOKED_UP = [
    "partnerships_initiative",
    "partnerships_initiative_themes",
    "partnerships_initiativepartner",
    "partnerships_organisation",
    "placements_slot_qualifications",
]  # by those triggers, so that they keep their indexes
# f = foreign key, x = exclusion, u = unique, p = primary key: the order in which they can go
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'x', 'u', 'p')
AND (contype = 'f' OR conrelid::regclass::text <> ALL(%(kept)s))
ORDER BY position(contype::text IN 'fxup'), conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND relname <> ALL(%(kept)s) ORDER BY 1
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal AND tgname <> ALL(%(fill)s)
"""


@contextmanager
def tables_alone(say: Callable[[str], object]) -> Iterator[None]:
    """By the owner of the tables, in one transaction with what is loaded."""
    constraints, triggers = _rows(CONSTRAINTS), _rows(TRIGGERS)
    for table, trigger in triggers:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    for table, name, _definition in constraints:
        _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = _rows(INDEXES)  # those that are no constraint
    for index, _definition in indexes:
        _run(f"DROP INDEX {index}")
    yield
    began = time.monotonic()
    _run("SET LOCAL maintenance_work_mem = '256MB'")
    for _index, definition in indexes:
        _run(definition)
    for table, name, definition in reversed(constraints):  # keys before what points to them
        _run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for table, trigger in triggers:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    say(f"indexes and keys made again in {time.monotonic() - began:.0f} s")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"kept": LOOKED_UP, "fill": list(FILL)})
        return cursor.fetchall()
