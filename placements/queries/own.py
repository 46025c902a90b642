"""A student's own places and proposals, for the page about work."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from core.written import attach, written
from placements.models import Match, Placement, Supervision


def places(person_id: int) -> list[Placement]:
    """Those now and to come, with who guides and is to guide."""
    rows = _places(person=person_id)
    attach(rows, "supervisions", _guided(placements=[row.pk for row in rows]), by="placement_id")
    return rows


@written
def proposals(*, person: int) -> QuerySet[Match]:
    """Those to which the employer said yes and the student nothing yet."""
    own = Match.objects.filter(enrolment__student__person=person, employer_agreed_at__isnull=False)
    return own.open().for_list()


@written
def _places(*, person: int) -> QuerySet[Placement]:
    own = Placement.objects.filter(student__person=person).live()
    return own.for_list().order_by("starts_on", "pk")


@written
def _guided(*, placements: Collection[int]) -> QuerySet[Supervision]:
    return Supervision.objects.held().with_people().filter(placement__in=placements)
