"""History is only added to, and the database sees to it.

Three roles share the work: the *owner* migrates, the *app* (web and worker) may only read and add where a model says
`APPEND_ONLY`, the *keeper* removes what erasure and retention ask for. `migrate` gives each its rights. A trigger
refuses the same to an installation with one role for everything; a keeper says so first (`leerpact.keeper`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

FUNCTION = """
CREATE OR REPLACE FUNCTION history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('leerpact.keeper', true), '') <> 'on' THEN
        RAISE EXCEPTION 'History stands: % is only added to.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER history_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION history_stands()
"""
# What the app may not be given: DDL, TRUNCATE, and to write down which migrations ran.
EVERYONE = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}
"""


def history_models() -> list[type[models.Model]]:
    """The models whose rows stand as they were written."""
    return [model for model in apps.get_models() if getattr(model, "APPEND_ONLY", False)]


def protect() -> None:
    """Give each role its rights on the tables as they are now, and each history table its trigger. By the owner."""
    there = connection.introspection.table_names()
    names = [model._meta.db_table for model in history_models()]
    tables = [sql.Identifier(name) for name in names if name in there]
    owner, app, keeper = (settings.DATABASE_ROLES[role]["USER"] for role in ("owner", "app", "keeper"))
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        for table in (
            tables
        ):  # each by itself: who holds the lock of one and waits for another stops those who write both
            cursor.execute(sql.SQL(TRIGGER).format(table=table))
    with transaction.atomic(), connection.cursor() as cursor:
        for role in {app, keeper} - {owner}:
            cursor.execute(sql.SQL(EVERYONE).format(role=sql.Identifier(role)))
        if tables and app not in (owner, keeper):
            revoke = sql.SQL("REVOKE UPDATE, DELETE ON {tables} FROM {role}")
            cursor.execute(revoke.format(tables=sql.SQL(", ").join(tables), role=sql.Identifier(app)))


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Connect as the `owner` of the tables, or as the `keeper`, for a block outside any transaction.

    The first is for commands that change tables or empty them, the second for those of erasure and retention; neither
    for a request or a task.
    """
    if connection.in_atomic_block:
        raise RuntimeError("Another role begins outside a transaction.")
    usual = connection.settings_dict
    theirs = {name: settings.DATABASE_ROLES[role][name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    options = settings.DATABASE_ROLES[role]["OPTIONS"]
    options = {**options, "options": f"{options.get('options', '')} -c leerpact.keeper=on"}
    connection.close()
    connection.settings_dict = {**usual, **theirs, "OPTIONS": options}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual
