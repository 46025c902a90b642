"""Mails about accreditations that are withdrawn (docs/domain.md section 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.mail import letters
from accounts.models import User
from placements.models import Placement
from programmes.models import Accreditation
from programmes.queries.teachers import teachers


def teachers_accreditation_withdrawn(accreditation: Accreditation) -> None:
    """Each teacher with students at an employer that lost the accreditation hears which students, in one mail."""
    names: dict[int, list[str]] = defaultdict(list)
    for placement in Placement.objects.relying_on(accreditation):
        names[placement.enrolment.cohort_id].append(placement.student.full_name)
    students: dict[User, list[str]] = defaultdict(list)
    for cohort_id, users in teachers(names).items():
        for user in users:
            students[user] += names[cohort_id]
    for user, theirs in students.items():
        teacher_accreditation_withdrawn(accreditation, [user], students=theirs)


def teacher_accreditation_withdrawn(
    accreditation: Accreditation, people: Iterable[User], *, students: Iterable[str]
) -> None:
    """Own students are placed with an employer that lost the accreditation: see to another place."""
    names = list(students)
    for user in people:
        letters.to_user(
            user,
            "placements/mail/teacher_accreditation_withdrawn.txt",
            link=accreditation.get_absolute_url(),
            employer=accreditation.organisation.name,
            crebo=accreditation.crebo,
            withdrawn_on=accreditation.withdrawn_on,
            students=names,
        )
