"""What is known of every file that is kept: its hash, its kind, whose it is, and what the scanner said of it.

A model that has a file names its row by a key (`StoredFile`): a service makes it with `keep`, pages hand it out by
`ui.downloads.download`, which asks `kept_back` of it, and `remove` takes row and file away.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import scanning
from core.models import StoredFile
from core.scanning import Scan
from core.signals import something_found

logger = logging.getLogger(__name__)

AT_ONCE = 50
WAITING = (Scan.PENDING, Scan.NOT_ASKED)
NO_ROOM = _("The file cannot be kept at the moment; nothing was saved. Try again later, or without the file.")


@transaction.atomic
def keep(*, file: File[bytes], path: str, content_type: str, subject: UUID | None) -> StoredFile:
    """Keep a file of which its form said that it may be kept, and note what it is. In the transaction of what names it.

    `subject` is in whose file it is; None for what is of no person.

    A store that is full is a message beside the form, and leaves no piece behind.
    """
    file.seek(0)
    content = file.read()
    scan: Scan = getattr(file, "scan", None) or scanning.look(content)  # as the form found it
    file.seek(0)
    try:
        path = default_storage.save(path, file)
    except OSError as trouble:
        logger.error("A file could not be kept: %s", type(trouble).__name__)
        raise ValidationError(NO_ROOM, code="no_room") from trouble
    return StoredFile.objects.create(
        path=path,
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        type=content_type,
        subject=subject,
        scan=scan,
        scanned_at=timezone.now() if scan in {Scan.CLEAN, Scan.SUSPECT} else None,
    )


@transaction.atomic
def remove(*, file: StoredFile) -> None:
    """Take away a file that no row names any more; from the store once that is certain."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def is_same(file: StoredFile, other: File[bytes]) -> bool:
    """Whether what is kept is, to the last byte, this one."""
    other.seek(0)
    digest = hashlib.sha256(other.read()).hexdigest()
    other.seek(0)
    return file.digest == digest


def look_again() -> int:
    """Have the files looked at that wait for the scanner, 50 at a time; says how many are known now.

    Those that were kept while there was none wait for it too, from the moment there is one.
    """
    known = 0
    if not settings.CLAMD:
        return known
    for waiting in StoredFile.objects.filter(scan__in=WAITING).order_by("pk")[:AT_ONCE]:
        try:
            with waiting.open() as kept:
                scan = scanning.look(kept.read())
        except FileNotFoundError:
            _write(waiting, Scan.GONE)
            continue
        if scan == Scan.PENDING:
            break  # still away
        _write(waiting, scan)
        known += 1
    return known


@transaction.atomic
def _write(file: StoredFile, scan: Scan) -> None:
    """What became known of a file, as long as it is there; when that is something bad, it is told."""
    values: dict[str, Any] = {"scan": scan, "scanned_at": timezone.now()}
    if StoredFile.objects.filter(pk=file.pk, scan__in=WAITING).update(**values) and scan == Scan.SUSPECT:
        logger.error("The scanner found something in a file that was kept: %s", file.digest)
        something_found.send(StoredFile, file=file)
