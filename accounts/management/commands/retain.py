"""Take away what has been kept for its whole term: nightly, by the keeper of the database (docs/privacy.md)."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.management import keeping
from core import jobs
from core.append_only import as_role


class Command(BaseCommand):
    help = (
        "Delete or blank what has been kept for its whole term, and keep a report. Needs DATABASE_KEEPER_URL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what is overdue, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        with as_role("keeper"), nullcontext() if dry_run else jobs.noted("retain"):
            run = keeping.retain(dry_run=dry_run)
        self.stdout.write(
            json.dumps({"day": run.day.isoformat(), "dry_run": run.is_dry_run, **run.report}, indent=2)
        )
