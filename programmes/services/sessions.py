"""Lessons and practice meetings, planned by the teachers of their cohort."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from programmes.models import Cohort, Session, WorkProcess
from programmes.rules.sessions import can_plan_session


@transaction.atomic
def save(
    *,
    session: Session,
    work_processes: Collection[WorkProcess],
    by: Actor,
    version: str | None,
) -> Session:
    """Keep a session, new or changed, with the work processes that it treats.

    Raises ValidationError when the cohort has it already, and when `version` is not what there is now.
    """
    cohort = Cohort.objects.for_page(by).get(pk=session.cohort_id)
    ensure(can_plan_session(by, cohort))
    if session.pk and not cohort.sessions.filter(pk=session.pk).exists():
        raise ValidationError(_("This session is one of another cohort."))
    chosen = {process.pk for process in work_processes}
    known = WorkProcess.objects.of_programme(cohort.programme_id).filter(pk__in=chosen)
    if chosen != set(known.values_list("pk", flat=True)):
        raise ValidationError(_("Choose work processes of the programme."))
    with explained(session):
        versions.claim(version, session)
        changes.save(session, by=by.person_id)
    session.work_processes.set(chosen)
    return session
