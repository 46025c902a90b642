"""Look now at what must hold for every row, as the clock does each night (docs/conventions/invariants.md)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import jobs
from core.findings import MOST_KEYS
from portal import watching
from portal.tasks import check_invariants


class Command(BaseCommand):
    help = (
        "Look for rows that are not as they must be, and tell them as JSON. Ends with 1 when there are any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell: keep nothing, mail nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        found = watching.look(dry_run=options["dry_run"])
        if not options["dry_run"] and not found.unasked:
            jobs.done(check_invariants.name)
        told = {
            "dry_run": options["dry_run"],
            "rows": found.number,
            "found": {
                name: {"rows": len(keys), "keys": keys[:MOST_KEYS]} for name, keys in found.keys.items()
            },
            "new": found.new,
            "not_asked": found.unasked,
        }
        self.stdout.write(json.dumps(told, indent=2))
        if found.number or found.unasked:
            raise CommandError("Not everything is as it must be.", returncode=1)
