"""Whether the portal made a file: known by its hash, and nothing else is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnRecord
from accounts.signals import file_asked
from core.models import StoredFile


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is, in words, when the portal made it, and for who may read it the page where it stands."""

    what: str | Promise
    made_at: dt.datetime
    url: str = ""


def known_file(digest: str, actor: Any = None) -> Known | None:
    """What the file with this hash (SHA-256, in hexadecimal digits) is: an own record, or what an app above knows of.

    `actor` is who asks, None for a visitor; who may not read the file hears no more than what it is and of when.
    """
    row = OwnRecord.objects.filter(digest=digest).first()
    if row is not None:
        return Known(str(row._meta.verbose_name).capitalize(), row.made_at)
    answers: Any = file_asked.send(sender=OwnRecord, digest=digest, actor=actor)
    return next((known for _receiver, known in answers if known is not None), None) or _put_in(digest)


def _put_in(digest: str) -> Known | None:
    """A file that somebody put in: when it was kept first, and not by whom or with what."""
    row = StoredFile.objects.filter(digest=digest).order_by("at", "pk").first()
    return Known(_("a file that someone added to Leerpact"), row.at) if row else None
