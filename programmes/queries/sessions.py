"""Lessons to come, for pages that show the first of them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from core.written import written
from programmes.models import Session


@written
def coming(most: int, *, cohorts: Collection[int]) -> QuerySet[Session]:
    """The first lessons of these cohorts that are not over."""
    return Session.objects.filter(cohort__in=cohorts).upcoming().select_related("cohort")[:most]


@written
def coming_or_moved(most: int, *, cohort: int) -> QuerySet[Session]:
    """The same of one cohort, each with when it began before it was moved."""
    return Session.objects.filter(cohort=cohort).upcoming().with_former_start()[:most]
