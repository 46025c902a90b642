"""Who is told of what happened to a match or placement; the words are in `placements.mail`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from accounts.models import User
from placements.mail import matches as match_mail
from placements.mail import placements as placement_mail
from placements.mail.matches import Cause
from placements.models import Match, Placement, Slot
from placements.services import recipients

Reader = Literal["employer", "student", "proposer"]


def employer(slot: Slot) -> list[User]:
    return recipients.contacts([slot.organisation_id]).get(slot.organisation_id, [])


def teachers(cohort_id: int) -> list[User]:
    return recipients.teachers([cohort_id]).get(cohort_id, [])


def proposer(match: Match) -> list[User]:
    """Who proposed it; the teachers of the student when that person is gone."""
    if match.proposed_by and match.proposed_by.is_active:
        return [match.proposed_by]
    return teachers(match.enrolment.cohort_id)


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
    placement_mail.teacher_placement_confirmed(placement, teachers(placement.enrolment.cohort_id))
    if placement.supervisor:
        placement_mail.supervisor_placement_assigned(placement)


def placement_broken_off(placement: Placement, *, reason: str) -> None:
    placement_mail.student_placement_broken_off(placement, reason=reason)
    placement_mail.employer_placement_broken_off(placement, employer(placement.slot), reason=reason)
    placement_mail.teacher_placement_broken_off(
        placement, teachers(placement.enrolment.cohort_id), reason=reason
    )
