"""Who is told of what happened to a match or placement; the words are in `placements.mail`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Literal

from accounts.models import User
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from placements.mail import accreditations as accreditation_mail
from placements.mail import matches as match_mail
from placements.mail import placements as placement_mail
from placements.mail.matches import Cause
from placements.models import Match, Placement, Slot
from programmes.models import Accreditation
from programmes.queries.teachers import teachers, teachers_of

Reader = Literal["employer", "student", "proposer"]


def employer(slot: Slot) -> list[User]:
    """The employer party of a slot."""
    return people_of(slot.organisation_id, EMPLOYER_PARTY)


def proposer(match: Match) -> list[User]:
    """Who proposed it; the teachers of the student when that person is gone."""
    if match.proposed_by and match.proposed_by.is_active:
        return [match.proposed_by]
    return teachers_of(match.enrolment.cohort_id)


def match_withdrawn(match: Match, *, cause: Cause, tell: Collection[Reader]) -> None:
    """A match ended without an answer. The student hears of it only when the employer had agreed."""
    if "employer" in tell:
        match_mail.employer_match_withdrawn(match, employer(match.slot), cause=cause)
    if "student" in tell and match.employer_agreed_at is not None and cause != Cause.PLACED_ELSEWHERE:
        match_mail.student_match_withdrawn(match, cause=cause)
    if "proposer" in tell:
        match_mail.proposer_match_withdrawn(match, proposer(match), cause=cause)


def placement_confirmed(placement: Placement) -> None:
    placement_mail.student_placement_confirmed(placement)
    placement_mail.employer_placement_confirmed(placement, employer(placement.slot))
    placement_mail.teacher_placement_confirmed(placement, teachers_of(placement.enrolment.cohort_id))
    if placement.supervisor:
        placement_mail.supervisor_placement_assigned(placement)


def placement_broken_off(placement: Placement, *, reason: str) -> None:
    placement_mail.student_placement_broken_off(placement, reason=reason)
    placement_mail.employer_placement_broken_off(placement, employer(placement.slot), reason=reason)
    placement_mail.teacher_placement_broken_off(
        placement, teachers_of(placement.enrolment.cohort_id), reason=reason
    )


def accreditation_withdrawn(accreditation: Accreditation) -> None:
    """Every teacher with students at an employer that lost the accreditation hears which students, in one mail."""
    names: dict[int, list[str]] = defaultdict(list)
    for placement in _relying_on(accreditation):
        names[placement.enrolment.cohort_id].append(placement.student.full_name)
    students: dict[User, list[str]] = defaultdict(list)
    for cohort_id, users in teachers(names).items():
        for user in users:
            students[user] += names[cohort_id]
    for user, theirs in students.items():
        accreditation_mail.teacher_accreditation_withdrawn(accreditation, [user], students=theirs)


def _relying_on(accreditation: Accreditation) -> Iterable[Placement]:
    """Live placements at this employer of students in a programme with this crebo."""
    return (
        Placement.objects.live()
        .filter(
            slot__organisation=accreditation.organisation_id,
            enrolment__cohort__programme__qualifications__crebo=accreditation.crebo,
        )
        .select_related("student", "enrolment")
        .order_by("student__sort_name", "pk")
        .distinct()
    )
