"""What a partnership says of itself."""

from __future__ import annotations

from django.db import transaction

from core import changes, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_change_region, can_change_texts
from partnerships.services.locks import partnership_under_lock

TEXTS = ("summary", "description", "provinces", "municipalities", "branches")


@transaction.atomic
def save_texts(*, partnership: Partnership, by: Actor, version: str) -> Partnership:
    """Keep its texts, region and branches, over the `version` that was read; all else stays as it is.

    Raises ValidationError for whoever may not; the provinces are for coordinators alone.
    """
    known = partnership_under_lock(partnership.pk)
    ensure(can_change_texts(by, known))
    if sorted(partnership.provinces) != sorted(known.provinces):
        ensure(can_change_region(by, known))
    versions.claim(version, known)
    for name in TEXTS:
        setattr(known, name, getattr(partnership, name))
    changes.save(known, by=by.person_id, update_fields=TEXTS)
    return known
