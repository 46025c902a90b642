"""A student's own plan, with what the page above it says of place and agreement."""

from __future__ import annotations

from django.db.models import Exists, QuerySet

from agreements.enums import AgreementState
from agreements.models import Agreement
from core.written import written
from placements.queries.placed import ordinary_of
from students.models import Enrolment, LearningPlan


def open_plan(enrolment: Enrolment) -> LearningPlan | None:
    """The plan that is worked on, with `here` and `agreed`: whether there is a place and a contract; None without one."""
    for plan in _plans(enrolment=enrolment.pk, student=enrolment.student_id):
        plan.enrolment = enrolment
        return plan
    return None


@written
def _plans(*, enrolment: int, student: int) -> QuerySet[LearningPlan]:
    places = ordinary_of(student)
    agreed = Agreement.objects.filter(placement__in=places, state=AgreementState.ACTIVE)
    plans = LearningPlan.objects.open().filter(enrolment=enrolment).for_page().prefetch_related(None)
    return plans.annotate(here=Exists(places), agreed=Exists(agreed))[:1]
