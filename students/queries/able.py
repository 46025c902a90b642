"""Cohorts with students for which nobody would be left who can act as their teacher."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.models import Membership
from partnerships.queries.able import Gone, Sentences
from programmes.models import Cohort, CohortTeacher
from programmes.queries.leaving import handed_to
from students.models import Enrolment


def left_without(gone: Gone) -> Sentences:
    """A sentence for each cohort with students, waiting or enrolled, that loses its last teacher who is able to act."""
    if not gone.concerns(Role.TEACHER):
        return []
    rows = CohortTeacher.objects.running().filter(membership__role=Role.TEACHER)
    going = rows.filter(Q(pk__in=gone.teaching) | Q(membership__in=gone.roles))
    staying = rows.exclude(pk__in=gone.teaching).filter(membership__in=gone.staying())
    cohorts = Cohort.objects.filter(
        Exists(Enrolment.objects.open().filter(cohort=OuterRef("pk"))),
        ~Exists(staying.filter(cohort=OuterRef("pk"))),
        pk__in=going.filter(membership__in=Membership.objects.able()).values("cohort"),
    ).exclude(pk__in=handed_to(gone, gone.staying()))
    return [
        format_lazy(
            _("No teacher would be left for the students of {cohort}. Add another teacher first."),
            cohort=cohort.name,
        )
        for cohort in cohorts.order_by("name", "pk")
    ]
