"""Who must sign a practice agreement, who has not signed yet, and which people can.

The one answer for services, the PDF, pages, next steps and reminders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from accounts.enums import Role
from accounts.models import User
from agreements.enums import Signer
from agreements.models import Agreement, Signature
from core.dates import today
from partnerships.queries.people import People, people
from partnerships.roles import SIGNS_FOR_EMPLOYER
from programmes.queries.teachers import teachers, teachers_of

PARTIES = (Signer.STUDENT, Signer.EMPLOYER, Signer.SCHOOL)


def needed(
    agreement: Agreement, signatures: Iterable[Signature], day: date | None = None
) -> tuple[Signer, ...]:
    """The three parties (WEB article 7.2.9), and the legal representative of a student who is under 18.

    What counts is the age on the day on which the student signed; before that on `day`, or today.
    """
    own = next((item.signed_on for item in signatures if item.signer == Signer.STUDENT), day or today())
    if agreement.placement.student.is_minor_on(own):
        return (*PARTIES, Signer.REPRESENTATIVE)
    return PARTIES


def missing(agreement: Agreement, signatures: Sequence[Signature]) -> tuple[Signer, ...]:
    """Who must still sign the version to which these signatures belong."""
    present = {item.signer for item in signatures}
    return tuple(signer for signer in needed(agreement, signatures) if signer not in present)


def missing_now(agreement: Agreement) -> tuple[Signer, ...]:
    """Who must still sign the newest version; needs `current` with its signatures loaded."""
    if agreement.current is None:
        return PARTIES
    return missing(agreement, list(agreement.current.signatures.all()))


def able(agreements: Collection[Agreement]) -> dict[int, dict[Signer, list[User]]]:
    """Per agreement and party the people who can sign in the portal now; rows need `for_list()`."""
    employers = people(
        {row.placement.slot.organisation_id for row in agreements}, SIGNS_FOR_EMPLOYER, may_sign=True
    )
    schools = _for_schools(agreements)
    found = {}
    for row in agreements:
        student = row.placement.student.user
        found[row.pk] = {
            Signer.STUDENT: [student] if student is not None and student.is_active else [],
            Signer.EMPLOYER: employers.get(row.placement.slot.organisation_id, []),
            Signer.SCHOOL: schools.get(row.placement.enrolment.cohort_id, []),
        }
    return found


def able_for(agreement: Agreement) -> dict[Signer, list[User]]:
    """The same for one agreement."""
    return able([agreement])[agreement.pk]


def everyone(agreement: Agreement, but: int | None = None) -> list[User]:
    """The people of the three parties who are told of what happened: who can sign, and the teachers.

    `but` is the user who did it and knows already.
    """
    cohort = agreement.placement.enrolment.cohort_id
    return each_once([*able_for(agreement).values(), teachers_of(cohort)], but=but)


def each_once(groups: Iterable[Iterable[User]], but: int | None = None) -> list[User]:
    """The people of all groups in a fixed order, each person once and without `but`."""
    found = {user.pk: user for group in groups for user in group}
    found.pop(but or 0, None)
    return [found[pk] for pk in sorted(found)]


def _for_schools(agreements: Collection[Agreement]) -> People:
    """Per cohort who signs for the school: its teachers with that right, and the school's managers with it."""
    cohorts = {row.placement.enrolment.cohort_id: row.placement.enrolment.cohort for row in agreements}
    schools = {pk: cohort.programme.school_id for pk, cohort in cohorts.items()}
    managing = people(set(schools.values()), [Role.MANAGER], may_sign=True)
    teaching = teachers(cohorts, may_sign=True)
    found = {}
    for cohort, school in schools.items():
        users = [*teaching.get(cohort, []), *managing.get(school, [])]
        found[cohort] = list({user.pk: user for user in users}.values())
    return found
