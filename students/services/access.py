"""LearnerAccess: who may see a student's goals, from when, until when and why (docs/adr/0005).

A new employer needs no act here to be asked: answers name the organisation that gave them, so that goals not yet
assessed wait for the new one from the day its grant runs (style.md 2.2).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from partnerships.actors import Actor
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
    by: Actor | None,
    membership_id: int | None = None,
) -> LearnerAccess:
    """Let an organisation's contacts and trainers (or one supervisor, by membership) see the goals.

    Opening the same grant again moves its end, so that a retry or a longer placement makes no second row.
    """
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    grant, _made = LearnerAccess.objects.update_or_create(  # type: ignore[misc]
        enrolment_id=enrolment_id,
        organisation_id=organisation_id,
        membership_id=membership_id,
        scope=AccessScope(scope),
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "reason": reason},
    )
    return grant


@transaction.atomic
def close(
    *,
    enrolment_id: int,
    organisation_id: int,
    on: date,
    by: Actor | None,
    scope: str | None = None,
    membership_id: int | None = None,
) -> int:
    """End the grants of an organisation and its supervisors; `on` is the last day. Gives the number ended.

    With `membership_id` only those of that one supervisor end.

    A grant that would have started later never does.
    """
    grants = LearnerAccess.objects.filter(enrolment_id=enrolment_id, organisation_id=organisation_id)
    if membership_id is not None:
        grants = grants.filter(membership=membership_id)
    if scope is not None:
        grants = grants.filter(scope=scope)
    grants.filter(starts_on__gt=on).delete()
    return grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).update(ends_on=on)
