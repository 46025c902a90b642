"""Who hears of a match or placement besides the student."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Person
from partnerships.queries.people import coordinators, people_of
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


def parties_of_match(match: Match) -> list[Person]:
    """Who hears of a proposal today: the student, the employer party, who proposed it and the teachers."""
    teaching = teachers_of(match.enrolment.cohort_id)
    return [match.enrolment.student.person, *employers_of(match.slot), *proposers_of(match), *teaching]


def proposers_of(match: Match) -> list[Person]:
    """Who proposed it; the teachers of the student when that person may not see the proposal any more."""
    return proposers([match])[match.pk]


def proposers(matches: Collection[Match]) -> dict[int, list[Person]]:
    """The same for several, by key. Teachers see proposals of own cohorts, coordinators those of what they lead."""
    teaching = teachers({match.enrolment.cohort_id for match in matches}) if matches else {}
    taught_by = {match.pk: teaching.get(match.enrolment.cohort_id, []) for match in matches}
    others = {match.slot.partnership_id for match in matches if match.proposed_by not in taught_by[match.pk]}
    leading = coordinators(others) if others else {}
    return {
        match.pk: [
            person
            for person in [*taught_by[match.pk], *leading.get(match.slot.partnership_id, [])]
            if person.pk == match.proposed_by_id
        ][:1]
        or taught_by[match.pk]
        for match in matches
    }
