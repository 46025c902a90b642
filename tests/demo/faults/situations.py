"""Faults in work situations."""

from programmes.models import Session
from students.models import Treatment, WorkSituation
from tests.demo.faults.base import LONG_AGO, Fault, change, step, stranger


def session_elsewhere() -> int:
    """A session of another cohort than that of the first treated work situation."""
    cohort = Treatment.objects.earliest("pk").situation.enrolment.cohort_id
    return Session.objects.exclude(cohort=cohort).earliest("pk").pk


FAULTS: list[Fault] = [
    (
        "situation_is_handled_by_whom_it_concerns",
        "plan by someone who may not",
        step("plan", "students.worksituation", by=stranger),
    ),
    (
        "situation_is_handled_by_whom_it_concerns",
        "before it was brought in",
        step("withdraw", "students.worksituation", at=LONG_AGO),
    ),
    (
        "situation_is_handled_by_whom_it_concerns",
        "cannot read why",
        lambda: WorkSituation.objects.update(removed_because=""),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "of another cohort",
        change(Treatment.objects.all(), session=session_elsewhere),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "not treated when",
        change(Treatment.objects.filter(treated_at__isnull=False), treated_at=LONG_AGO),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "treated by nobody",
        change(Treatment.objects.filter(treated_at__isnull=False), by=None),
    ),
    (
        "situation_is_treated_in_its_own_sessions",
        "its teachers may not read it",
        lambda: WorkSituation.objects.update(for_teachers=False),
    ),
]
