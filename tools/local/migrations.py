"""`python -m tools.local.migrations`: a new migration runs beside the old version, and makes nobody wait.

squawk reads the SQL of each migration after BASE, for what blocks a filled table or breaks what still runs; four rules of
our own look at what SQL does not show. Why, and how it is done in steps: docs/conventions/migrations.md.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The last migration of each app from before these rules.
BASE = {
    "accounts": 9,
    "agreements": 7,
    "core": 9,
    "meetings": 0,
    "partnerships": 7,
    "placements": 4,
    "programmes": 5,
    "playbooks": 0,
    "search": 0,
    "students": 11,
}
# `migrate` gives every migration its lock_timeout; the others are matters of taste, and Django's own types.
NOT_ASKED = (
    "require-lock-timeout",
    "require-statement-timeout",
    "prefer-robust-stmts",
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-text-field",
    "prefer-timestamp-tz",
)
OLDEST = "15.0"  # PostgreSQL that docs/deploy.md asks for
SQUAWK = Path(sys.executable).with_name("squawk")
Finding = tuple[str, str]  # the rule, and what it says


def findings(migration: Any, sql: str) -> list[Finding]:
    """What is wrong with a migration that does this; `unlike_the_rules` of its class gives a reason for some."""
    reasons: dict[str, str] = getattr(migration, "unlike_the_rules", {})
    found = [*_of_squawk(sql, is_atomic=migration.atomic), *_our_own(migration, sql)]
    left = [(rule, what) for rule, what in found if rule not in reasons]
    unused = sorted(reasons.keys() - {rule for rule, _what in found})
    return left + [
        ("needless-reason", f"unlike_the_rules names {rule}, which was not broken") for rule in unused
    ]


def _of_squawk(sql: str, *, is_atomic: bool) -> Iterator[Finding]:
    command = [str(SQUAWK), "--pg-version", OLDEST, "--reporter", "json", "--exclude", ",".join(NOT_ASKED)]
    if is_atomic:
        command.append("--assume-in-transaction")
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise RuntimeError(f"squawk ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    for told in json.loads(done.stdout):
        yield told["rule_name"], f"{told['message']} {told.get('help') or ''}".strip()


def _our_own(migration: Any, sql: str) -> Iterator[Finding]:
    from django.db.migrations import operations  # noqa: PLC0415 - Django is set up by then

    moves_data = (operations.RunPython, operations.RunSQL)
    runs = [one for one in migration.operations if isinstance(one, operations.RunPython)]
    shapes = [one for one in migration.operations if not isinstance(one, moves_data)]
    if runs and shapes:
        yield "data-apart", "Filling stands in a migration of its own: it would hold the locks of the others."
    for run in runs:
        if not run.reversible:
            yield "no-way-back", "RunPython has no reverse_code; RunPython.noop where there is nothing to do."
    if migration.atomic and len(tables := _locked(sql)) > 1:
        yield (
            "one-table",
            f"It holds the lock of {', '.join(tables)} at once: a page that takes them the other way round is thrown out.",
        )
    if not migration.atomic:
        for one in shapes:
            if not re.search(r"Concurrently|ValidateConstraint", type(one).__name__):
                yield (
                    "lock-without-end",
                    f"{type(one).__name__} in a migration that is not atomic: it runs without lock_timeout.",
                )


def _locked(sql: str) -> list[str]:
    """The tables that it changes and did not make itself; a link to another table is one that cannot be done apart."""
    made = set(re.findall(r'CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?', sql))
    return sorted(set(re.findall(r'ALTER TABLE (?:ONLY )?"?(\w+)"?', sql)) - made)


def new_migrations() -> Iterator[tuple[Any, str]]:
    """Each of our migrations after BASE, with its SQL."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(connection, replace_migrations=False)
    for app, name in sorted(loader.graph.nodes):
        if app in BASE and int(name[:4]) > BASE[app]:
            migration = loader.get_migration(app, name)
            yield migration, sql_of(migration, loader.project_state((app, name), at_end=False))


def sql_of(migration: Any, before: Any) -> str:
    """What it sends to the database."""
    from django.db import connection  # noqa: PLC0415

    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(before, editor, collect_sql=True)
    return "\n".join(editor.collected_sql)


def main() -> int:
    number = bad = 0
    for migration, sql in new_migrations():
        number += 1
        for rule, what in findings(migration, sql):
            bad += 1
            print(f"{migration.app_label}/migrations/{migration.name}.py: {rule}: {what}")
    print(f"{number} migrations since the base, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
