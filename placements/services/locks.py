"""Row locks of placing, closing and leaving, always in the same order: enrolment, student, slot, matches by number,
placement, agreement. `students.services.enrolments` begins with the enrolment too.

Whoever takes several of them takes them in this order, so that no two transactions wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from placements.models import Match, Slot
from students.models import Enrolment, Student


def enrolment(pk: int) -> Enrolment:
    """Whose end would close what is written under this lock."""
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def student(pk: int) -> Student:
    """Who takes one place at a time."""
    return Student.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def slot(pk: int) -> Slot:
    """Seats are picked, and their number lowered, under this lock (docs/domain.md section 4)."""
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
    """The same for several, locked by number."""
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
