"""Whom one asks about a student in a mail: the teachers, with what they show."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.enums import Role
from accounts.models import Person
from core.mail import Ask
from partnerships.models import Membership
from partnerships.queries.asks import of_roles
from partnerships.queries.contacts import with_cards
from programmes.models import CohortTeacher
from programmes.queries.contacts import teaching
from students.models import Enrolment


def of_cohort(cohort_id: int) -> list[Ask]:
    """The teachers of a cohort."""
    return of_roles(teaching(cohort_id))


def of_cohorts(cohorts: Iterable[int]) -> list[Ask]:
    """The teachers of several cohorts, by key."""
    taught = CohortTeacher.objects.running().filter(cohort__in=cohorts)
    rows = Membership.objects.filter(role=Role.TEACHER, pk__in=taught.values("membership"))
    return of_roles(with_cards(rows))


def of_student(person: Person) -> list[Ask]:
    """The teachers of the cohorts that someone is enrolled in today."""
    cohorts = list(
        Enrolment.objects.running().filter(student__person=person).values_list("cohort", flat=True)
    )
    # Most who ask are no students, and to look for teachers takes long to plan.
    return of_cohorts(cohorts) if cohorts else []
