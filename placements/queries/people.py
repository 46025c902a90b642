"""Who hears of a match or placement besides the student."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Person
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Match, Placement, Slot
from programmes.queries.teachers import teachers, teachers_of


def employers_of(slot: Slot) -> list[Person]:
    """The employer party of a slot: its contacts and practice trainers."""
    return people_of(slot.organisation_id, EMPLOYER_PARTY)


def parties_of(placement: Placement) -> list[Person]:
    """Who hears of a placement today: the student, the employer party and the teachers."""
    teaching = teachers_of(placement.enrolment.cohort_id)
    return [placement.student.person, *employers_of(placement.slot), *teaching]


def proposers_of(match: Match) -> list[Person]:
    """Who proposed it; the teachers of the student when that person is gone."""
    return proposers([match])[match.pk]


def proposers(matches: Collection[Match]) -> dict[int, list[Person]]:
    """The same for several, by key, in one query at most."""
    gone = {match.enrolment.cohort_id for match in matches if not _proposer(match)}
    taught_by = teachers(gone) if gone else {}
    return {match.pk: _proposer(match) or taught_by.get(match.enrolment.cohort_id, []) for match in matches}


def _proposer(match: Match) -> list[Person]:
    return [match.proposed_by] if match.proposed_by and match.proposed_by.can_sign_in else []
