"""`migrate`, by the role that owns the tables; then every role gets its rights on them.

Runs while the portal is used: whoever waits for a lock on a table makes all others wait behind it. So each migration
gives up soon, which takes back what it did, and is tried again when the table is less busy.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from psycopg import errors, sql

from core import merging, versions
from core.append_only import as_role, protect

BUSY = (errors.LockNotAvailable, errors.DeadlockDetected)


class Command(migrate.Command):
    """Django's own, for one database."""

    def add_arguments(self, parser: CommandParser) -> None:
        """How patient it is."""
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-seconds",
            type=float,
            default=1.0,
            help="How long a migration waits for a lock, while others wait behind it (1).",
        )
        parser.add_argument(
            "--tries", type=int, default=30, help="How often it is tried while a table is busy (30)."
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Also when nothing is left to migrate: a role may be new."""
        self._lock_seconds = options.pop("lock_seconds", 1.0)
        tries = options.pop("tries", 30)
        with as_role("owner"):
            self._until_free(tries, lambda: super(Command, self).handle(*arguments, **options))
            if (
                options["database"] == DEFAULT_DB_ALIAS
                and not options["plan"]
                and not options["check_unapplied"]
            ):
                for step in (versions.install, merging.install, protect):
                    self._ends_waits(self._lock_seconds)
                    self._until_free(tries, step)

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """A migration that is not atomic makes an index while others go on: it may wait for them."""
        if action == "apply_start":
            self._ends_waits(self._lock_seconds if migration.atomic else 0)
        super().migration_progress_callback(action, migration, fake)

    @staticmethod
    def _ends_waits(seconds: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET lock_timeout = {}").format(sql.Literal(round(seconds * 1000))))

    def _until_free(self, tries: int, act: Callable[[], object]) -> None:
        for turn in range(1, tries + 1):
            try:
                act()
            except OperationalError as error:
                if not isinstance(error.__cause__, BUSY):
                    raise
                if turn == tries:
                    raise CommandError(
                        f"A table stayed busy, {tries} times: nothing of this step was done. Try again later."
                    ) from error
                self.stderr.write(f"A table is busy; trying again ({turn} of {tries}).")
                time.sleep(min(0.5 * turn, 5))
            else:
                return
