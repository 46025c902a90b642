"""Mails about cohorts that a partnership asks for: to the school, and back to the coordinators."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.queries.people import coordinators_of, people_of
from programmes.models import CohortRequest
from programmes.models.cohort_requests import CONFIRMS


def school_cohort_asked(request: CohortRequest, act: StateChange) -> None:
    """A cohort is asked for: for the teachers and managers of the school."""
    _tell(_school(request), request, "programmes/mail/school_cohort_asked.txt", act)


def school_cohort_withdrawn(request: CohortRequest, act: StateChange) -> None:
    """It is not asked for any more."""
    _tell(_school(request), request, "programmes/mail/school_cohort_withdrawn.txt", act)


def coordinator_cohort_confirmed(request: CohortRequest, act: StateChange) -> None:
    """The school made the cohort."""
    _tell(_coordinators(request), request, "programmes/mail/coordinator_cohort_confirmed.txt", act)


def coordinator_cohort_declined(request: CohortRequest, act: StateChange) -> None:
    """The school says no, and why."""
    _tell(_coordinators(request), request, "programmes/mail/coordinator_cohort_declined.txt", act)


def _school(request: CohortRequest) -> list[Person]:
    return people_of(request.programme.school_id, CONFIRMS)


def _coordinators(request: CohortRequest) -> list[Person]:
    partnership = request.programme.partnership_id
    return coordinators_of(partnership) if partnership else []


def _tell(readers: Iterable[Person], request: CohortRequest, template: str, act: StateChange) -> None:
    for person in readers:
        if person.pk != act.by_id:
            letters.to_person(
                person,
                template,
                link=request.get_absolute_url(),
                about=act,
                signs_in=True,
                cohort=request,
                by=act.by,
            )
