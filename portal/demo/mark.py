"""The mark that tells a demo database from a real one: a table without a model, so that it exists nowhere else."""

from django.contrib.auth import get_user_model
from django.db import connection

from portal.local.paths import Trouble


def is_marked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('demo_mark') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def claim() -> None:
    """Mark the database as one for the demo; refuses one that holds accounts of another origin."""
    if is_marked():
        return
    if get_user_model().objects.exists():
        raise Trouble("This database has accounts and no demo mark: the demo is not loaded into it.")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE demo_mark (made_at timestamptz NOT NULL DEFAULT now(), loaded_at timestamptz)"
        )
        cursor.execute("INSERT INTO demo_mark DEFAULT VALUES")


def is_loaded() -> bool:
    """The demo region was loaded completely, once."""
    if not is_marked():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT loaded_at IS NOT NULL FROM demo_mark")
        return bool(cursor.fetchone()[0])


def note_loaded() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE demo_mark SET loaded_at = coalesce(loaded_at, now())")
