"""What is known of every file that is kept: its hash, its kind, and what the scanner said of it.

A model keeps a file in a `KeptFileField`; pages hand it out by `ui.downloads.download`, which asks `refusal`.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import scanning
from core.models import StoredFile
from core.scanning import Scan

logger = logging.getLogger(__name__)

AT_ONCE = 50
SUSPECT = _(
    "The virus scanner found something in this file, so it is not handed out. Ask who added it for another one."
)
PENDING = _("The virus scanner still has to look at this file. Try again in a few minutes.")
NO_ROOM = _("The file cannot be kept at the moment; nothing was saved. Try again later, or without the file.")


class KeptFileField(models.FileField):
    """A file of which is noted what it is. A store that is full is a message beside the form, and leaves no piece behind."""

    def deconstruct(self) -> Any:
        """As the field that it is to the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Keeps a file that is new, and notes it."""
        file = getattr(model_instance, self.attname)
        is_new = bool(file) and not file._committed
        scan = getattr(file.file, "scan", None) if is_new else None  # as the form found it
        try:
            kept = super().pre_save(model_instance, add)
        except OSError as trouble:
            logger.error("A file could not be kept: %s", type(trouble).__name__)
            raise ValidationError(NO_ROOM, code="no_room") from trouble
        if is_new:
            note(kept, scan)
        return kept


def note(file: Any, scan: Scan | None = None) -> StoredFile:
    """Write down what a file is that was just kept, and what the scanner said or says of it."""
    with default_storage.open(file.name) as kept:
        content = kept.read()
    scan = scan or scanning.look(content)
    return StoredFile.objects.create(
        path=file.name,
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        scan=scan,
        scanned_at=timezone.now() if scan in {Scan.CLEAN, Scan.SUSPECT} else None,
    )


def refusal(path: str) -> str | Promise | None:
    """Why a file is not handed out, for whoever may read it; None when it is."""
    scan = StoredFile.objects.filter(path=path).values_list("scan", flat=True).first()
    return {Scan.SUSPECT: SUSPECT, Scan.PENDING: PENDING}.get(Scan(scan)) if scan else None


def forget(path: str) -> None:
    """A file that went from the store."""
    StoredFile.objects.filter(path=path).delete()


def look_again() -> int:
    """Have the files looked at that wait for the scanner, 50 at a time; says how many are known now."""
    known = 0
    for waiting in StoredFile.objects.filter(scan=Scan.PENDING).order_by("pk")[:AT_ONCE]:
        try:
            with default_storage.open(waiting.path) as kept:
                scan = scanning.look(kept.read())
        except FileNotFoundError:
            waiting.delete()
            continue
        if scan == Scan.PENDING:
            break  # still away
        waiting.scan, waiting.scanned_at = scan, timezone.now()
        waiting.save(update_fields=["scan", "scanned_at"])
        known += 1
        if scan == Scan.SUSPECT:
            logger.error("The scanner found something in a file that was kept: %s", waiting.digest)
    return known
