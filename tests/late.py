"""Pressing a button on a page that is old by now: what was written, and what was said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.utils.html import escape

from core import versions
from core.versions import Versioned

# Who looked where, and what a session or a throttle remembers of a request: not what the act was about.
TRACES = {"core_readlog", "django_session", "usersessions_usersession", "accounts_throttle"}


def touched() -> Counter[str]:
    """How many rows this transaction wrote in each table until now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return Counter(dict(cursor.fetchall()))


def written_since(before: Counter[str]) -> set[str]:
    return {table for table, rows in touched().items() if rows != before[table]} - TRACES


def another(row: Versioned) -> None:
    """Someone else changes the row."""
    name = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {name} SET row_version = row_version + 1 WHERE id = %s", [row.pk])


def press_late(
    client: Client,
    url: str,
    rows: Versioned | Sequence[Versioned],
    data: Mapping[str, Any] | None = None,
    *,
    read: str | None = None,
) -> None:
    """Open a page that shows these rows, let someone else change the first of them, and press: nothing may happen.

    The answer says why. `read` is for a page that shows more than rows.
    """
    shown = [rows] if isinstance(rows, Versioned) else list(rows)
    now = [type(row)._base_manager.get(pk=row.pk) for row in shown]
    sent = {**(data or {}), "read": versions.of(*now) if read is None else read}
    another(shown[0])
    before = touched()
    response = client.post(url, sent)
    written = written_since(before)
    if response.status_code in {301, 302}:
        response = client.get(response["Location"], follow=True)
    assert written == set(), f"{url} wrote {sorted(written)}"
    assert escape(str(versions.CHANGED)) in response.content.decode(), f"{url} did not say why"
