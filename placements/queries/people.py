"""Who hears of a match or placement besides the student."""

from __future__ import annotations

from accounts.models import Person
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Match, Slot
from programmes.queries.teachers import teachers_of


def employers_of(slot: Slot) -> list[Person]:
    """The employer party of a slot: its contacts and practice trainers."""
    return people_of(slot.organisation_id, EMPLOYER_PARTY)


def proposers_of(match: Match) -> list[Person]:
    """Who proposed it; the teachers of the student when that person is gone."""
    if match.proposed_by and match.proposed_by.can_sign_in:
        return [match.proposed_by]
    return teachers_of(match.enrolment.cohort_id)
