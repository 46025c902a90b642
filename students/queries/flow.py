"""How many began, are learning, completed and left, by the study year in which they began."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractYear

from core.models import StateChange
from students.enums import EnrolmentState, PlanState
from students.models import Enrolment, LearningPlan

# The study year begins in August (core.dates.study_year_of).
STARTED_IN = ExtractYear("starts_on") - Case(When(starts_on__month__lt=8, then=Value(1)), default=Value(0))


def flow(enrolments: QuerySet[Enrolment], has_place: Exists) -> QuerySet[Any, Any]:
    """Per study year: who learns there now, completed, left, and of those now who has a place and a plan that was agreed.

    Whoever came back is counted once, as from the second time; who left from the waiting list never began.
    """
    left_waiting = StateChange.objects.filter(
        model=Enrolment._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        from_state=EnrolmentState.WAITING,
        to_state=EnrolmentState.DROPPED_OUT,
    )
    agreed = LearningPlan.objects.filter(enrolment=OuterRef("pk"), state=PlanState.ACTIVE)
    now = Q(state=EnrolmentState.ENROLLED)
    left = Q(state=EnrolmentState.DROPPED_OUT) & ~Q(Exists(left_waiting))
    return (
        enrolments.filter(continued_by__isnull=True)
        .exclude(state=EnrolmentState.WAITING)
        .annotate(year=STARTED_IN)
        .order_by("year")
        .values_list("year")
        .annotate(
            learning=Count("pk", filter=now),
            completed=Count("pk", filter=Q(state=EnrolmentState.COMPLETED)),
            left=Count("pk", filter=left),
            placed=Count("pk", filter=now & Q(has_place)),
            agreed=Count("pk", filter=now & Q(Exists(agreed))),
        )
    )
