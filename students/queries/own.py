"""What a student's own pages begin with."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from students.models import Enrolment, WorkSituation


@written
def newest_enrolment(*, person: int) -> QuerySet[Enrolment]:
    """The running enrolment, or else the newest of those that ended; with its parties and programme."""
    return Enrolment.objects.filter(student__person=person).for_page().newest_first()[:1]


@written
def situations(most: int, *, person: int) -> QuerySet[WorkSituation]:
    """The newest of the own work situations, of whatever enrolment."""
    return WorkSituation.objects.filter(enrolment__student__person=person).of_one()[:most]
