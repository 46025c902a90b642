"""Mails about accreditations that are withdrawn (domain.md 7, rule 3)."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.mail import letters
from accounts.models import User
from programmes.models import Accreditation


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
