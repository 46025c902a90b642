"""Who opened whose file."""

from __future__ import annotations

from uuid import UUID

from core.dates import today
from core.models import ReadLog


def record(reader_id: int, subject_uuid: UUID) -> None:
    """Note that `reader_id` read this file today; a second read on the same day adds nothing."""
    ReadLog.objects.bulk_create(
        [ReadLog(reader_id=reader_id, subject=subject_uuid, read_on=today())], ignore_conflicts=True
    )
