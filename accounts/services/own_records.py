"""Taking the own record along, in a file that the portal knows again."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from accounts import documents
from accounts.enums import RecordKind
from accounts.models import OwnRecord, Person
from accounts.services.throttles import Limit
from core.privacy import record

TAKEN = Limit("own_record", 12, dt.timedelta(hours=1))  # by person: a long record costs seconds


@transaction.atomic
def take(*, person_id: int, kind: RecordKind) -> bytes:
    """The whole record of someone as a file, whose hash is kept; the PDF bears the hash of the same record as JSON."""
    person = Person.objects.select_related("user").get(pk=person_id)
    made_at = timezone.now()
    parts = record.parts_of(person_id)
    content = record.as_json(parts, name=person.full_name, made_at=made_at)
    if kind == RecordKind.PDF:
        digest = hashlib.sha256(content).hexdigest()
        content = documents.record_pdf(person, parts, made_at=made_at, digest=digest)
    OwnRecord.objects.create(
        person=person, kind=kind, made_at=made_at, digest=hashlib.sha256(content).hexdigest()
    )
    return content
