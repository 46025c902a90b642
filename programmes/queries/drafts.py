"""What may still be thrown away: nothing but its own parts rests on it."""

from __future__ import annotations

from core.drafts import is_rested_on
from programmes.models import Cohort, CohortTeacher, PartnerEmployer, Programme, ProgrammePartnership, Session


def programme_was_used(programme: Programme) -> bool:
    """Whether it has a cohort."""
    return is_rested_on(programme, ProgrammePartnership, PartnerEmployer)


def cohort_was_used(cohort: Cohort) -> bool:
    """Whether anyone was ever enrolled in it, or a session is planned for it."""
    return is_rested_on(cohort, CohortTeacher)


def session_was_used(session: Session) -> bool:
    """Whether a work situation was put in it."""
    return is_rested_on(session)
