"""LearnerAccess: who may see a student's goals, from when, until when and why (docs/adr/0005).

A new employer needs no act here to be asked: answers name the organisation that gave them, so that goals not yet
assessed wait for the new one from the day its access runs (docs/domain.md 3).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from core.dates import today
from students.enums import AccessScope
from students.models import Enrolment, LearnerAccess


@transaction.atomic
def open(
    *,
    enrolment_id: int,
    organisation_id: int,
    scope: str,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    membership_id: int | None = None,
) -> LearnerAccess:
    """Let an organisation's contacts and trainers (or one supervisor, by membership) see the goals.

    Opening the same access again moves its end, so that a retry or a longer placement makes no second row.
    """
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    access, _made = LearnerAccess.objects.update_or_create(  # type: ignore[misc]  # keys by id
        enrolment_id=enrolment_id,
        organisation_id=organisation_id,
        membership_id=membership_id,
        scope=AccessScope(scope),
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "reason": reason},
    )
    return access


@transaction.atomic
def move_end(*, enrolment_id: int, organisation_id: int, ends_on: date) -> int:
    """The placement that opened the access ends on another day. Gives the number of rows that moved.

    Access that had ended before today stays as it was.
    """
    held = LearnerAccess.objects.filter(enrolment_id=enrolment_id, organisation_id=organisation_id)
    return held.filter(starts_on__lte=ends_on, ends_on__gte=today()).update(ends_on=ends_on)


@transaction.atomic
def close_all(*, enrolment_id: int) -> int:
    """Nobody sees the goals any more, from this moment on: the student has left. Gives the number ended."""
    held = LearnerAccess.objects.filter(enrolment_id=enrolment_id)
    yesterday = today() - timedelta(days=1)
    begun = held.filter(starts_on__lte=yesterday).open().update(ends_on=yesterday)
    return begun + held.filter(starts_on__gt=yesterday).delete()[1].get(LearnerAccess._meta.label, 0)


@transaction.atomic
def close(
    *,
    enrolment_id: int,
    organisation_id: int,
    on: date,
    scope: str | None = None,
    membership_id: int | None = None,
) -> int:
    """End the access of an organisation and its supervisors; `on` is the last day. Gives the number ended.

    With `membership_id` only those of that one supervisor end.

    Access that would have started later never does.
    """
    held = LearnerAccess.objects.filter(enrolment_id=enrolment_id, organisation_id=organisation_id)
    if membership_id is not None:
        held = held.filter(membership=membership_id)
    if scope is not None:
        held = held.filter(scope=scope)
    held.filter(starts_on__gt=on).delete()
    return held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).update(ends_on=on)
