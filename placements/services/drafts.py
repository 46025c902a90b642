"""Places that were never online are thrown away, on record."""

from __future__ import annotations

from django.db import transaction

from core import versions
from core.access import ensure
from core.drafts import discard
from partnerships.actors import Actor
from placements.rules import slots as rules
from placements.services import locks


@transaction.atomic
def slot(*, slot_id: int, by: Actor, read: str | None) -> None:
    """Throw a draft of a place away."""
    row = locks.slot(slot_id)
    ensure(rules.can_discard_slot(by, row))
    versions.ensure(read, row)
    discard(row, by=by.person_id)
