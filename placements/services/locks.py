"""Row locks of placing, closing and leaving, always in the same order: enrolment, student, slot, matches by number,
placement, agreement. `students.services.enrolments` begins with the enrolment too.

Whoever takes several of them takes them in this order, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from placements.models import Match, Slot
from students.models import Enrolment, Student


def enrolment(pk: int) -> Enrolment:
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def student(pk: int) -> Student:
    return Student.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def slot(pk: int) -> Slot:
    """Seats are picked, and their number lowered, under this lock (style.md 2.3)."""
    return (
        Slot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "location", "partnership")
        .get(pk=pk)
    )


def match(pk: int) -> Match:
    """The match with the people around it, as mails and checks need them."""
    (found,) = matches([pk])
    return found


def matches(pks: Iterable[int]) -> list[Match]:
    return list(
        Match.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=pks)
        .select_related(
            "slot__organisation",
            "slot__location",
            "slot__partnership",
            "slot__supervisor__membership__user",
            "enrolment__student__user",
            "enrolment__cohort__programme__school",
            "proposed_by",
        )
        .order_by("pk")
    )
