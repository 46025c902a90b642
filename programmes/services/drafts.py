"""Programmes, cohorts and sessions that nothing rests on yet are thrown away, on record."""

from __future__ import annotations

from django.db import transaction

from core import versions
from core.access import ensure
from core.drafts import discard
from partnerships.actors import Actor
from programmes.models import Cohort, Programme, Session
from programmes.queries.drafts import cohort_was_used, programme_was_used, session_was_used
from programmes.rules.cohorts import can_discard_cohort
from programmes.rules.programmes import can_discard_programme
from programmes.rules.sessions import can_discard_session


@transaction.atomic
def programme(*, programme_id: int, by: Actor, read: str | None) -> None:
    """Throw a programme away that has no cohort, with the partners it named. Whoever adds one meanwhile waits for this."""
    row = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    ensure(can_discard_programme(by, row, was_used=programme_was_used(row)))
    versions.ensure(read, row)
    discard(row, row.partnerships.all(), row.partner_employers.all(), by=by.person_id)


@transaction.atomic
def cohort(*, cohort_id: int, by: Actor, read: str | None) -> None:
    """Throw a cohort away in which nobody is or was, and nothing is planned, with who taught it."""
    row = Cohort.objects.for_page(by).select_for_update(of=("self",)).get(pk=cohort_id)
    ensure(can_discard_cohort(by, row, was_used=cohort_was_used(row)))
    versions.ensure(read, row)
    discard(row, row.cohort_teachers.all(), by=by.person_id)


@transaction.atomic
def session(*, session_id: int, by: Actor, read: str | None) -> None:
    """Throw a session away in which nothing was put yet: it is no longer in anyone's agenda."""
    row = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    of = Cohort.objects.for_page(by).get(pk=row.cohort_id)
    ensure(can_discard_session(by, of, was_used=session_was_used(row)))
    versions.ensure(read, row)
    discard(row, by=by.person_id)
