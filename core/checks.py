"""What `manage.py check` asks of the database: `--database default` of its data, `--deploy` of its roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from core import calendars
from core.append_only import history_models
from core.privacy.declared import declarations, declared_models, undeclared

NAMED = {
    "OPERATOR_NAME": "name",
    "OPERATOR_ADDRESS": "address",
    "OPERATOR_EMAIL": "email",
    "PRIVACY_OFFICER_NAME": "officer_name",
    "PRIVACY_OFFICER_EMAIL": "officer_email",
}
UNHEARD = "Nobody hears of errors: set ERRORS_TO or SENTRY_DSN."
HINT = "Give DATABASE_URL a role that owns nothing, DATABASE_OWNER_URL the one that does, and run migrate: docs/deploy.md."
CHANGEABLE = """
SELECT oid::regclass::text FROM pg_class
WHERE relname = ANY(%s) AND relkind = 'r' AND relnamespace = current_schema()::regnamespace
  AND (has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE') OR pg_has_role(relowner, 'MEMBER'))
ORDER BY 1
"""


@register(Tags.database)
def calendar_reaches_ahead(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Holidays are known for a year ahead at least."""
    if not databases or "default" not in databases:
        return []
    try:
        return [Warning(text, id="core.W001") for text in calendars.warnings()]
    except DatabaseError:
        return []  # before the first migrate there is no calendar; migrate fills it


@register(Tags.models)
def personal_data_is_declared(**_options: Any) -> list[CheckMessage]:
    """Every field of every table has a class, or a reason why it has none: docs/privacy.md."""
    return [
        Error(f"{fault} (<app>/personal.py)", id="core.E001")
        for fault in undeclared(declared_models(), declarations())
    ]


@register(Tags.security, deploy=True)
def errors_reach_someone(**_options: Any) -> list[CheckMessage]:
    """The page of an error says that we heard of it only where someone does."""
    return [] if settings.ERRORS_TO or settings.SENTRY_DSN else [Warning(UNHEARD, id="core.W004")]


@register(Tags.security, deploy=True)
def history_is_only_added_to(**_options: Any) -> list[CheckMessage]:
    """Whether the role that runs the portal could change history. A database that is away says nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(CHANGEABLE, [[model._meta.db_table for model in history_models()]])
            tables = [name for (name,) in cursor.fetchall()]
    except DatabaseError:
        return []
    if not tables:
        return []
    message = f"The role of DATABASE_URL can change history: {', '.join(tables)}."
    return [Warning(message, hint=HINT, id="core.W002")]


@register(Tags.security, deploy=True)
def operator_is_named(**_options: Any) -> list[CheckMessage]:
    """Whether the pages can say who answers for the portal: the GDPR (article 13) and the rules on accessibility ask it."""
    missing = unnamed()
    if not missing:
        return []
    message = f"Nobody is named as responsible for the portal: {', '.join(missing)}."
    return [Warning(message, hint="See docs/settings.md.", id="core.W003")]


def unnamed() -> list[str]:
    """The settings by which pages and mails name who answers for the portal, as far as they are empty."""
    return [name for name, field in NAMED.items() if not getattr(settings.OPERATOR, field)]
