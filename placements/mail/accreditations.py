"""Mails about accreditations that are withdrawn, and that count again (docs/domain.md section 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from partnerships.queries.asks import of_employer
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Placement
from programmes.models import AccreditationCheck
from programmes.queries.teachers import teachers


def employer_accreditation_withdrawn(check: AccreditationCheck) -> None:
    """A school recorded that your accreditation for a crebo was withdrawn."""
    _to_employer(check, "placements/mail/employer_accreditation_withdrawn.txt")


def employer_accreditation_restored(check: AccreditationCheck) -> None:
    """The school that recorded a withdrawal recorded something else since."""
    _to_employer(check, "placements/mail/employer_accreditation_restored.txt")


def teachers_accreditation_withdrawn(check: AccreditationCheck, placements: Iterable[Placement]) -> None:
    """Each teacher with students among these hears which lost the accreditation, in one mail."""
    for person, students in _by_teacher(placements):
        teacher_accreditation_withdrawn(check, person, students=students)


def teachers_accreditation_restored(check: AccreditationCheck, placements: Iterable[Placement]) -> None:
    """Those who heard that it was withdrawn hear that it was not, or is no more."""
    for person, students in _by_teacher(placements):
        teacher_accreditation_restored(check, person, students=students)


def teacher_accreditation_withdrawn(
    check: AccreditationCheck, person: Person, *, students: list[str]
) -> None:
    """Own students are placed with an employer that lost the accreditation: look for another place."""
    letters.to_person(
        person,
        "placements/mail/teacher_accreditation_withdrawn.txt",
        link=check.get_absolute_url(),
        ask=of_employer(check.employer_id),
        students=students,
        **_facts(check),
    )


def teacher_accreditation_restored(check: AccreditationCheck, person: Person, *, students: list[str]) -> None:
    """The employer of own students counts as accredited again: they can stay."""
    letters.to_person(
        person,
        "placements/mail/teacher_accreditation_restored.txt",
        link=check.get_absolute_url(),
        ask=of_employer(check.employer_id),
        students=students,
        **_facts(check),
    )


def _to_employer(check: AccreditationCheck, template: str) -> None:
    link = reverse("placements:accreditation-own", args=[check.organisation.slug])
    for person in people_of(check.employer_id, EMPLOYER_PARTY):
        letters.to_person(person, template, link=link, **_facts(check))


def _facts(check: AccreditationCheck) -> dict[str, Any]:
    return {
        "employer": check.organisation.name,
        "crebo": check.crebo,
        "school": check.school.name if check.school else "",
        "last_day": check.valid_until,
        "reason": check.reason,
        "by": check.by,
    }


def _by_teacher(placements: Iterable[Placement]) -> list[tuple[Person, list[str]]]:
    """Every teacher of the cohorts of these placements, with the names of the own students by name."""
    names: dict[int, list[str]] = defaultdict(list)
    for placement in sorted(placements, key=lambda row: (row.student.person.sort_name, row.pk)):
        names[placement.enrolment.cohort_id].append(placement.student.full_name)
    students: dict[Person, list[str]] = defaultdict(list)
    for cohort_id, recipients in teachers(names).items():
        for person in recipients:
            students[person] += names[cohort_id]
    return list(students.items())
