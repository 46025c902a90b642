"""What a partnership says of itself."""

from __future__ import annotations

from django.db import transaction

from core import changes, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.rules.days import can_have_begun
from partnerships.rules.partnerships import (
    can_be_followed_by,
    can_change_facts,
    can_change_region,
    can_change_texts,
    goes_on,
)
from partnerships.services.locks import partnership_under_lock

FACTS = ("name", "starts_on", "successor", "proposal_days")
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


@transaction.atomic
def save_facts(*, partnership: Partnership, by: Actor, version: str) -> Partnership:
    """Keep name, first day, term for proposals and what it goes on as, over the `version` that was read; the address stays.

    In one that is over only what it goes on as changes. Raises ValidationError for whoever may not.
    """
    ids = [partnership.pk, *([partnership.successor_id] if partnership.successor_id else [])]
    list(Partnership.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
    known = partnership_under_lock(partnership.pk)
    ensure(can_change_facts(by, known))
    if (partnership.name, partnership.starts_on) != (known.name, known.starts_on):
        ensure(goes_on(known) and can_have_begun(partnership.starts_on, known.starts_on))
    if partnership.proposal_days != known.proposal_days:
        ensure(goes_on(known))
    if partnership.successor is not None and partnership.successor_id != known.successor_id:
        ensure(can_be_followed_by(by, known, partnership.successor))
    with explained(known):
        versions.claim(version, known)
        for name in FACTS:
            setattr(known, name, getattr(partnership, name))
        changes.save(known, by=by.person_id, update_fields=FACTS)
    return known
