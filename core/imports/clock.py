"""What the clock does for imported lists: hand work to a worker, throw away what nobody went on with, wipe what is old."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from core import jobs
from core.imports import batches, rows
from core.imports.importer import importer_of
from core.imports.models import (
    FINISHED,
    NO_CELLS,
    UNFINISHED_FOR,
    WIPED_AFTER,
    BatchState,
    ImportBatch,
    ImportRow,
    Work,
)
from core.mail import acting

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=15)  # after which a worker that took a list is thought to be gone


def work_off() -> int:
    """Do all that was asked of a worker; how many lists that were. Safe to run side by side."""
    count = 0
    while (batch := _next()) is not None:
        with translation.override(batch.language):
            work_on(batch.pk)
        count += 1
    return count


def work_on(batch_id: int) -> None:
    """Do what was asked of a worker for this batch, in the language and with the rights of who asked."""
    batch = ImportBatch.objects.get(pk=batch_id)
    by = importer_of(batch).actor(batch.work_by_id or batch.by_id)
    acts = acting.set(by.person_id)  # so that its mails count for whoever asked, as those of a request do
    try:
        if batch.work == Work.READ:
            with transaction.atomic():
                batches.read(batch, bytes(batch.content or b""))
            if batch.state != BatchState.MAPPED:
                batches.finish(batch)
                return
            ImportBatch.objects.filter(pk=batch.pk).update(work=Work.CHECK)
            batch.work = Work.CHECK
        with rows.no_collecting():
            batches.ACTS[Work(batch.work)](batch, by)
        batches.finish(batch, fault=ImportBatch.objects.values_list("fault", flat=True).get(pk=batch.pk))
    except ValidationError as refusal:
        batches.finish(batch, fault=" ".join(refusal.messages))
    except Exception as error:
        logger.exception("A list could not be worked on.", extra={"batch": batch.pk})
        jobs.part_broke(error)
        batches.finish(batch, fault=batches.BROKEN)
    finally:
        acting.reset(acts)


def _next() -> ImportBatch | None:
    """The list that waits longest, taken for a worker."""
    now = timezone.now()
    free = Q(work_since__isnull=True) | Q(work_since__lt=now - LEASE)
    with transaction.atomic():
        waiting = ImportBatch.objects.exclude(work="").filter(free).order_by("created_at", "pk")
        batch = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        if batch is not None:
            ImportBatch.objects.filter(pk=batch.pk).update(work_since=now)
        return batch


@transaction.atomic
def forget() -> int:
    """Throw away lists that nobody went on with for a day, and wipe the rows of others after 30 days; how many lists."""
    now = timezone.now()
    left = ImportBatch.objects.exclude(state__in=FINISHED).filter(created_at__lt=now - UNFINISHED_FOR)
    keys = list(left.select_for_update(of=("self",)).values_list("pk", flat=True))
    ImportRow.objects.filter(batch__in=keys).delete()
    gone, _by_model = ImportBatch.objects.filter(pk__in=keys).delete()
    old = ImportBatch.objects.filter(
        state__in=FINISHED, wiped_at__isnull=True, committed_at__lt=now - WIPED_AFTER
    )
    keys = list(old.select_for_update(of=("self",)).values_list("pk", flat=True))
    ImportRow.objects.filter(batch__in=keys).update(**NO_CELLS)
    ImportBatch.objects.filter(pk__in=keys).update(wiped_at=now, columns=[], questions=[], answers={})
    return gone + len(keys)
