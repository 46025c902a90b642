"""History is only added to: by rights where there are roles, by a trigger where there is one."""

import pytest
from django.conf import settings
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection, transaction

from core.append_only import as_role, history_models
from core.checks import history_is_only_added_to
from core.models import FieldChange, StateChange
from tests.factories.core import FieldChangeFactory, StateChangeFactory

KEPT = {
    "accounts.SecurityEvent",
    "core.StateChange",
    "core.FieldChange",
    "core.ReadLog",
    "students.Consent",
    "agreements.AccreditationGround",
    "agreements.Signature",
    "agreements.SignatureObjection",
}
MODELS = history_models()
WRITES = {
    "update": "UPDATE {table} SET id = id",
    "delete": "DELETE FROM {table}",
}
REFUSED_TO_THE_APP = WRITES | {
    "truncate": "TRUNCATE {table} CASCADE",
    "disable the trigger": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "drop the trigger": "DROP TRIGGER history_stands ON {table}",
    "drop the table": "DROP TABLE {table} CASCADE",
    "give itself the right": "GRANT DELETE ON {table} TO CURRENT_USER; DELETE FROM {table}",
    "lock rows": "SELECT 1 FROM {table} FOR UPDATE",
    "say that it keeps": "SET LOCAL leerpact.keeper = 'on'; DELETE FROM {table}",
    "replace the function": "CREATE OR REPLACE FUNCTION history_stands() RETURNS trigger LANGUAGE sql AS ''",
    "become the owner": "SET LOCAL ROLE {owner}",
    "become the keeper": "SET LOCAL ROLE {keeper}",
}
DENIED = "permission denied|must be owner|no privileges"


def run(statement: str, model=StateChange) -> None:
    owner, keeper = (settings.DATABASE_ROLES[role]["USER"] for role in ("owner", "keeper"))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table, owner=owner, keeper=keeper))


def undone(statement: str, model=StateChange) -> None:
    """Run it and take it back."""
    with transaction.atomic():
        run(statement, model)
        transaction.set_rollback(True)


def test_what_the_model_keeps_is_history():
    assert {model._meta.label for model in MODELS} >= KEPT


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_app_reads_and_adds_and_no_more(model):
    list(model.objects.all()[:1])
    for statement in REFUSED_TO_THE_APP.values():
        with pytest.raises(ProgrammingError, match=DENIED):
            undone(statement, model)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (id int)", "UPDATE django_migrations SET name = 'x'"]
)
def test_app_makes_no_tables_and_marks_no_migrations(statement):
    with pytest.raises(ProgrammingError, match=DENIED), transaction.atomic():
        run(statement)


@pytest.mark.django_db(transaction=True)
def test_keeper_removes_history_and_the_owner_empties_it():
    """The control: what is refused to the app works for those whose task it is."""
    for model in MODELS:
        with as_role("keeper"):
            for statement in WRITES.values():
                undone(statement, model)
            with pytest.raises(ProgrammingError, match=DENIED):
                undone(REFUSED_TO_THE_APP["disable the trigger"], model)
        with as_role("owner"):
            for act in ("truncate", "drop the trigger"):
                undone(REFUSED_TO_THE_APP[act], model)


@pytest.mark.django_db(transaction=True)
def test_with_one_role_for_everything_a_trigger_refuses():
    StateChangeFactory()
    with as_role("owner"):
        run("SET leerpact.keeper = ''")  # as an owner that runs the portal connects
        for model in MODELS:
            for statement in (*WRITES.values(), REFUSED_TO_THE_APP["truncate"]):
                with pytest.raises(ProgrammingError, match="History stands"):
                    undone(statement, model)
        StateChangeFactory()
    assert StateChange.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_keeper_blanks_a_value_and_removes_a_row():
    change, gone = FieldChangeFactory.create_batch(2)
    with as_role("keeper"):
        FieldChange.objects.filter(pk=change.pk).update(before="", reason="")
        FieldChange.objects.filter(pk=gone.pk).delete()
    assert FieldChange.objects.values_list("pk", "before").get() == (change.pk, "")


@pytest.mark.django_db
def test_another_role_does_not_begin_inside_a_transaction():
    """It would be another connection, which does not see what this one wrote."""
    for role in settings.DATABASE_ROLES:
        with pytest.raises(RuntimeError, match="outside a transaction"), as_role(role):
            pass


@pytest.mark.django_db(transaction=True)
def test_connection_is_the_apps_again_after_an_error():
    with pytest.raises(ValueError, match="stop"), as_role("owner"):
        raise ValueError("stop")
    with pytest.raises(ProgrammingError, match=DENIED):
        run(WRITES["delete"])


@pytest.mark.django_db(transaction=True)
def test_migrate_gives_back_the_rights_that_were_lost():
    app = settings.DATABASE_ROLES["app"]["USER"]
    with as_role("owner"):
        run(f"GRANT UPDATE ON {{table}} TO {app}")
        run("DROP TRIGGER history_stands ON {table}")
    undone(WRITES["update"])
    call_command("migrate", verbosity=0)
    with pytest.raises(ProgrammingError, match=DENIED):
        undone(WRITES["update"])
    with as_role("owner"):
        undone("DROP TRIGGER history_stands ON {table}")


@pytest.mark.django_db(transaction=True)
def test_deploy_check_warns_where_the_portal_could_change_history():
    assert history_is_only_added_to in registry.get_checks(include_deployment_checks=True)
    assert history_is_only_added_to() == []
    with as_role("keeper"):
        (warning,) = history_is_only_added_to()
    assert (warning.id, "core_statechange" in warning.msg) == ("core.W002", True)
    with as_role("owner"):
        (warning,) = history_is_only_added_to()
    assert all(model._meta.db_table in warning.msg for model in MODELS)


@pytest.mark.django_db
def test_deploy_check_says_nothing_of_a_database_that_is_away(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    assert history_is_only_added_to() == []
