"""Whether a database was made by migrations that are no longer those of this checkout.

Until the first release is installed somewhere, migrations are made anew when tables move. A demo from before such a
move cannot be brought up to date: its owner is told to throw it away.
"""

from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader

from tools.local.paths import ROOT

Columns = dict[str, set[str]]


def is_older() -> bool:
    """True when `migrate` would fail or leave tables that the models do not fit; asks, changes nothing."""
    loader = MigrationLoader(connection)
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    own = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    if any(app in own for app, _name in applied - known):
        return True
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory:
        return True
    begun, behind = {app for app, _name in applied}, {app for app, _name in known - applied}
    there = _columns()
    return any(
        # What is up to date has all columns; of what was never begun no table can be there.
        (app not in behind and not columns <= there[table]) or (app not in begun and table in there)
        for app, tables in _wanted(own).items()
        for table, columns in tables.items()
    )


def _columns() -> Columns:
    """The columns of every table of the database."""
    found: Columns = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        )
        for table, column in cursor.fetchall():
            found[table].add(column)
    return found


def _wanted(labels: set[str]) -> dict[str, Columns]:
    """The columns that the models of each app with migrations have."""
    return {
        label: {
            model._meta.db_table: {str(field.column) for field in model._meta.local_concrete_fields}
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        }
        for label in labels
    }
