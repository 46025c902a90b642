"""Start, progress, drop-out and diplomas of the students of a partnership, a school or an employer: sums alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core.written import written
from placements.enums import PlacementKind, PlacementState
from placements.models import Placement
from placements.queries.placed import has_place
from students.models import Enrolment
from students.queries.flow import flow


@written
def of_partnership(*, partnership: int) -> QuerySet[Any, Any]:
    """Of all who learn, or learned, in its programmes."""
    return flow(Enrolment.objects.filter(cohort__programme__partnership=partnership), has_place())


@written
def of_school(*, school: int) -> QuerySet[Any, Any]:
    """Of all in the programmes of a school."""
    return flow(Enrolment.objects.filter(cohort__programme__school=school), has_place())


@written
def of_employer(*, employer: int) -> QuerySet[Any, Any]:
    """Of all who have or had an ordinary place at an employer."""
    placed = Placement.objects.filter(
        enrolment=OuterRef("pk"), organisation=employer, kind=PlacementKind.ORDINARY
    ).exclude(state=PlacementState.CANCELLED)
    return flow(Enrolment.objects.filter(Exists(placed)), has_place())
