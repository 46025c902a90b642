"""`flush`, by the role that owns the tables: no other may empty them. The tests do so after a test that commits."""

from typing import Any

from django.core.management.commands import flush

from core.append_only import as_role


class Command(flush.Command):
    """Django's own."""

    def handle(self, **options: Any) -> None:
        """History goes with the rest."""
        with as_role("owner"):
            super().handle(**options)
