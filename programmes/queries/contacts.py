"""Whom one asks at a school about a student: the teachers of the cohort, with what they show."""

from __future__ import annotations

from django.db.models import Q

from accounts.enums import Role
from partnerships.models import Membership
from partnerships.queries.contacts import with_cards
from programmes.models import CohortTeacher


def teach(cohort_id: int) -> Q:
    """A condition: the roles by which people teach a cohort today."""
    teaching = CohortTeacher.objects.running().filter(cohort=cohort_id)
    return Q(role=Role.TEACHER, pk__in=teaching.values("membership"))


def teaching(cohort_id: int) -> list[Membership]:
    """The teachers of a cohort who are able to act."""
    return list(with_cards(Membership.objects.filter(teach(cohort_id))))
