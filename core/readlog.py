"""Who opened whose file."""

from __future__ import annotations

from uuid import UUID

from core.dates import today
from core.models import ReadLog


def record(reader_id: int, *subject_uuids: UUID) -> None:
    """Note that `reader_id` read these files today; a second read on the same day adds nothing."""
    day = today()
    ReadLog.objects.bulk_create(
        [ReadLog(reader_id=reader_id, subject=subject, read_on=day) for subject in subject_uuids],
        ignore_conflicts=True,
    )
