"""A demo made by migrations of before is told to go; one that can be brought up to date is not."""

import pytest
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

from demo import schema
from tests import databases
from tests.browser.sites import site_environment

pytestmark = pytest.mark.usefixtures("by_owner")

RECORD = (
    "INSERT INTO django_migrations (app, name, applied) VALUES ('partnerships', '0004_titles_once', now())"
)
FORGET = "DELETE FROM django_migrations WHERE app = '{}'"
OLDER = {
    "a migration that is gone": RECORD,
    "a column that is missing": "ALTER TABLE placements_slot DROP COLUMN tasks",
    "a table that is missing": "ALTER TABLE students_consent RENAME TO students_answer",
    "tables of an app that was never migrated": FORGET.format("agreements"),
    "an app migrated before the one below it": FORGET.format("placements"),
}
NEWER = {
    "nothing changed": "SELECT 1",
    "an app that is new": "DROP TABLE agreements_signeddocument, agreements_accreditationground, agreements_signaturelink, "
    "agreements_signatureobjection, agreements_signature, agreements_agreementversion, "
    "agreements_agreement CASCADE; " + FORGET.format("agreements"),
    "an empty database": "CREATE SCHEMA empty; SET LOCAL search_path TO empty",
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", OLDER.values(), ids=OLDER)
def test_what_migrate_cannot_mend_is_older(change):
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert schema.is_older()


@pytest.mark.django_db
@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER)
def test_what_migrate_brings_up_to_date_is_not(change):
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert not schema.is_older()


@pytest.mark.django_db
def test_a_column_that_a_coming_migration_makes_may_be_missing(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE students_worksituation DROP COLUMN removed_because")
    assert schema.is_older()
    monkeypatch.setattr(schema, "MigrationLoader", OneMore)
    assert not schema.is_older()


class More(Migration):
    dependencies = (("students", "0002_immutable"),)


class OneMore(MigrationLoader):
    """As if the checkout had one more migration than the database."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations["students", "0003_more"] = More("0003_more", "students")


def test_make_demo_says_so_in_one_line():
    with databases.copy_of(databases.migrated(), "older") as database:
        environment = site_environment(database, databases.HOME)
        databases.execute(RECORD, database=database)
        with pytest.raises(RuntimeError, match="make demo-reset") as refused:
            databases.run("demo.prepare", "--load", environment=environment)
    assert len(str(refused.value).strip().splitlines()) == 2  # the command, and the line
