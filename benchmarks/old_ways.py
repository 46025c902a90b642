"""Queries as they were, which must be found at fault: what looks for them is no good when it lets them pass."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from benchmarks.pages import pages
from partnerships.models import Initiative, InitiativePartner
from programmes.models import CohortTeacher
from students.models import Consent, Enrolment, Goal, WorkSituation


def school_start() -> list[Any]:
    """What waits for a teacher, with "a cohort of mine" as a condition inside the query and what was sent back beside OR."""
    teacher = _user("school start")
    taught = CohortTeacher.objects.filter(cohort=OuterRef("cohort"), membership=teacher)
    changed = Consent.objects.filter(goal_version=OuterRef("latest"), answer="change")
    sent_back = Goal.objects.filter(Exists(changed), plan__state__in=["draft", "active"])
    return [
        Goal.objects.filter(plan__enrolment__in=Enrolment.objects.filter(Exists(taught)))
        .filter(Q(state="demonstrated") | Q(pk__in=sent_back.values("pk")))
        .select_related("plan__enrolment__student__person", "current", "latest")
        .order_by("pk")[:25]
    ]


def students_work() -> list[Any]:
    """Own work situations among all that one may see, each way to see them an EXISTS beside OR."""
    student = _user("student's work")
    row = OuterRef("enrolment")
    own = Enrolment.objects.filter(pk=row, student__person=student)
    taught = Enrolment.objects.filter(pk=row, cohort__cohort_teachers__membership__person=student)
    visible = WorkSituation.objects.filter(Exists(own) | (Q(for_teachers=True) & Exists(taught)))
    return [visible.select_related("work_process").order_by("-created_at", "-pk")[:25]]


def deepest_page() -> list[Any]:
    """A page far into a list, cut out of the rows with what was shown of them: no keys first, partners counted."""
    partners = InitiativePartner.objects.filter(
        initiative=OuterRef("pk"), organisation__kind="school"
    ).order_by()
    counted = partners.values("initiative").annotate(n=Count("pk")).values("n")
    rows = Initiative.objects.published().newest_first().annotate(number=Coalesce(Subquery(counted), 0))
    last = rows.count() - 12
    return [rows[last : last + 12]]


def _user(page: str) -> int:
    return next(one.user for one in pages() if one.name == page)


WAYS = {way.__name__: way for way in (school_start, students_work, deepest_page)}
