"""After a back-up was put back: erase again who had been erased since it was made (docs/privacy.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.management import keeping
from core.append_only import as_role


class Command(BaseCommand):
    help = "Erase everyone in the ledger who is in the database again. Needs DATABASE_KEEPER_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ledger", type=Path, default=settings.ERASURE_LEDGER, help="file with hashes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            digests = keeping.read_ledger(options["ledger"])
        except OSError as error:
            raise CommandError(f"The ledger cannot be read: {error}") from error
        with as_role("keeper"):
            number = keeping.erase_again(digests=digests)
        self.stdout.write(json.dumps({"erased_again": number}))
