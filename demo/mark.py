"""The mark that tells a demo database from a real one."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from core.models import DatabaseMark
from tools.local.paths import Trouble

LOADED = "demo"
LOADING = "demo, not loaded completely"


def is_marked() -> bool:
    """Also false before the first migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [DatabaseMark._meta.db_table])
        if not cursor.fetchone()[0]:
            return False
    return DatabaseMark.objects.filter(name__in=[LOADED, LOADING]).exists()


def made_on() -> dt.date:
    """The day of first loading, from which live records count."""
    return timezone.localdate(DatabaseMark.objects.get(name__in=[LOADED, LOADING]).made_at)


def is_loaded() -> bool:
    """The demo region was loaded completely, once."""
    return DatabaseMark.objects.filter(name=LOADED).exists()


def claim() -> None:
    """Mark the database as one for the demo; refuses one that holds accounts of another origin."""
    if is_marked():
        return
    if DatabaseMark.objects.exists() or get_user_model().objects.exists():
        raise Trouble("This database has accounts and no demo mark: the demo is not loaded into it.")
    DatabaseMark.objects.create(name=LOADING)


def note_loaded() -> None:
    """After the last row: a load that broke off is taken up again at the next start."""
    DatabaseMark.objects.update(name=LOADED)
