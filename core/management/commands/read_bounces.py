"""Read which emails came back, from the mailbox that BOUNCE_MAILBOX names. Safe to run twice."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import mailbox

AWAY, NOT_SET = 1, 2


class Command(BaseCommand):
    help = "Read delivery reports by IMAP and let the mails they are about fail. Answers in JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, change and mark nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOUNCE_MAILBOX:
            raise CommandError("BOUNCE_MAILBOX is not set.", returncode=NOT_SET)
        try:
            found = mailbox.read_reports(settings.BOUNCE_MAILBOX, dry_run=options["dry_run"])
        except mailbox.MailboxAway as away:
            raise CommandError(f"The mailbox cannot be read: {away}", returncode=AWAY) from None
        self.stdout.write(json.dumps({"dry_run": options["dry_run"], **found}))
