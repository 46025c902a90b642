"""What a student's own pages begin with."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import attach, written
from students.models import Enrolment, Treatment, WorkSituation


@written
def newest_enrolment(*, person: int) -> QuerySet[Enrolment]:
    """The running enrolment, or else the newest of those that ended; with its parties and programme."""
    return Enrolment.objects.filter(student__person=person).for_page().newest_first()[:1]


def situations(most: int, *, person: int) -> list[WorkSituation]:
    """The newest of the own work situations, of whatever enrolment, with what came of each."""
    return _with_treatments(_situations(most, person=person))


def situations_by_key(*, keys: list[int]) -> list[WorkSituation]:
    """The same for a page of the list, by its keys."""
    return _with_treatments(_situations_by_key(keys=keys))


@written
def _situations(most: int, *, person: int) -> QuerySet[WorkSituation]:
    own = WorkSituation.objects.filter(enrolment__student__person=person)
    return own.with_process().newest_first()[:most]


@written
def _situations_by_key(*, keys: list[int]) -> QuerySet[WorkSituation]:
    return WorkSituation.objects.filter(pk__in=keys).with_process()


@written
def _treatments(*, situations: list[int]) -> QuerySet[Treatment]:
    return Treatment.objects.filter(situation__in=situations).select_related("session").order_by("pk")


def _with_treatments(rows: list[WorkSituation]) -> list[WorkSituation]:
    attach(rows, "treatments", _treatments(situations=[row.pk for row in rows]), by="situation_id")
    return rows
