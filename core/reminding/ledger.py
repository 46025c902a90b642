"""The ledger that keeps a reminder from being sent twice."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from core.models import SentReminder


def once(*, kind: str, subject_key: str, step: str, day: dt.date, person_id: int) -> bool:
    """Claim a reminder for one person, event, step and local day: true for the first to ask only.

    Call it in the transaction that also sends the mail: both stand or neither. A second scheduler waits
    here until the first commits, then hears false.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Claim a reminder where its mail is sent.")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SentReminder._meta.db_table} (kind, subject_key, person_id, step, day, at)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [kind, subject_key, person_id, step, day, timezone.now()],
        )
        return bool(cursor.rowcount == 1)
