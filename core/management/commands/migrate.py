"""`migrate`, by the role that owns the tables; then every role gets its rights on them."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from core import merging, versions
from core.append_only import as_role, protect


class Command(migrate.Command):
    """Django's own, for one database."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Also when nothing is left to migrate: a role may be new."""
        with as_role("owner"):
            super().handle(*arguments, **options)
            if (
                options["database"] == DEFAULT_DB_ALIAS
                and not options["plan"]
                and not options["check_unapplied"]
            ):
                versions.install()
                merging.install()
                protect()
