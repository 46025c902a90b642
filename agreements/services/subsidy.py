"""Whether a subsidy is accounted for with an agreement: then it is kept for longer."""

from __future__ import annotations

from django.db import transaction

from agreements import rules
from agreements.models import Agreement
from agreements.services import locks
from core import changes, versions
from core.access import ensure
from partnerships.actors import Actor


@transaction.atomic
def mark(*, agreement_id: int, is_used: bool, by: Actor, read: str | None) -> Agreement:
    """Say that a subsidy is accounted for with this agreement (`is_used`), or that none is; who said so stays on record."""
    agreement = locks.agreement(agreement_id, by)
    ensure(rules.can_mark_subsidy(by, agreement))
    versions.ensure(read, agreement)
    agreement.for_subsidy = is_used
    changes.save(agreement, by=by.person_id, subject=agreement.placement.student.public_id)
    return agreement
