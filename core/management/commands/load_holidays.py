"""Fill the calendar with public and school holidays. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core import calendars


class Command(BaseCommand):
    help = "Load public holidays from last year to five years ahead, and the school holidays of the file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        changes = calendars.fill(dry_run=options["dry_run"])
        for change in changes:
            self.stdout.write(change.text)
        words = "would be written" if options["dry_run"] else "written"
        self.stdout.write(f"{len(changes)} holidays {words}.")
        for warning in calendars.warnings():
            self.stderr.write(warning)
