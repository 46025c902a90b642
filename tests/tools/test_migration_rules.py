"""A migration that would stop a portal in use is found before it is installed; one that is done in steps is not."""

import pytest
from django.contrib.postgres import operations as postgres
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from tools.local import migrations as rules

pytestmark = pytest.mark.django_db
NOT_EMPTY = models.CheckConstraint(condition=~models.Q(name=""), name="planted_not_empty")
INDEX = models.Index(fields=["name"], name="planted_index")
NOOP = migrations.RunPython.noop


def field(**options):
    return migrations.AddField("holiday", "planted", models.IntegerField(**options))


BAD = {
    "not null, default for a moment only": (field(default=3), "ban-drop-default"),
    "column gone": (migrations.RemoveField("holiday", "name"), "ban-drop-column"),
    "column renamed": (migrations.RenameField("holiday", "name", "title"), "renaming-column"),
    "table gone": (migrations.DeleteModel("SentReminder"), "ban-drop-table"),
    "table renamed": (migrations.AlterModelTable("holiday", "planted"), "renaming-table"),
    "constraint looked at under its lock": (
        migrations.AddConstraint("holiday", NOT_EMPTY),
        "constraint-missing-not-valid",
    ),
    "index under a lock": (migrations.AddIndex("holiday", INDEX), "require-concurrent-index-creation"),
    "not null afterwards": (
        migrations.AlterField("outgoingmail", "person", models.IntegerField()),
        "adding-not-nullable-field",
    ),
    "another type": (
        migrations.AlterField("holiday", "name", models.IntegerField(default=0)),
        "changing-column-type",
    ),
    "link checked under its lock": (
        migrations.AddField(
            "holiday", "planted", models.ForeignKey("core.Holiday", models.CASCADE, null=True)
        ),
        "adding-foreign-key-constraint",
    ),
    "data without a way back": (migrations.RunPython(NOOP), "no-way-back"),
}
GOOD = {
    "column that may be empty": field(null=True),
    "column whose default the database knows": field(db_default=3),
    "constraint for new rows": postgres.AddConstraintNotValid("holiday", NOT_EMPTY),
    "table with all it wants": migrations.CreateModel(
        "Planted",
        [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())],
        options={"indexes": [INDEX], "constraints": [NOT_EMPTY]},
    ),
    "data": migrations.RunPython(NOOP, NOOP),
}


def made(*operations, atomic=True, reasons=None):
    kind = type("Migration", (migrations.Migration,), {"operations": [*operations], "atomic": atomic})
    kind.unlike_the_rules = reasons or {}
    return kind("0099_planted", "core")


def names(migration):
    """The rules that it breaks."""
    loader = MigrationLoader(connection)
    sql = rules.sql_of(migration, loader.project_state())
    return {rule for rule, _what in rules.findings(migration, sql)}


@pytest.mark.parametrize("name", BAD)
def test_planted_migration_is_found(name):
    operation, rule = BAD[name]
    assert rule in names(made(operation))


@pytest.mark.parametrize("name", GOOD)
def test_step_that_stops_nobody_passes(name):
    assert names(made(GOOD[name])) == set()


@pytest.mark.django_db(transaction=True)
def test_index_is_made_beside_the_others_and_only_so_without_a_transaction():
    beside = postgres.AddIndexConcurrently("holiday", INDEX)
    assert names(made(beside, atomic=False)) == set()
    assert "lock-without-end" in names(made(field(null=True), atomic=False))


def test_two_tables_are_not_held_at_once():
    other = migrations.AddField("schoolholiday", "planted", models.IntegerField(null=True))
    assert names(made(field(null=True), other)) == {"one-table"}
    assert names(made(GOOD["table with all it wants"], other)) == set()


def test_filling_stands_apart():
    assert "data-apart" in names(made(field(null=True), migrations.RunPython(NOOP, NOOP)))


def test_reason_lets_one_rule_go_and_must_be_needed():
    reasons = {"ban-drop-column": "no version since 1.2 reads it"}
    assert names(made(migrations.RemoveField("holiday", "name"), reasons=reasons)) == set()
    assert names(made(field(null=True), reasons=reasons)) == {"needless-reason"}


@pytest.mark.django_db(transaction=True)  # some make an index beside the others
def test_ours_keep_to_it(capsys):
    assert rules.main() == 0, capsys.readouterr().out
