"""Students who leave a cohort: dropped out, finished, or moved to another group."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from core.versions import NO_PAGE
from partnerships.actors import Actor
from programmes.queries.teachers import teachers_of
from students import signals
from students.mail import enrolments as mail
from students.models import Enrolment, LearningPlan
from students.models.enrolments import IS_IN_COHORT
from students.queries.cohorts import free_seats
from students.rules import enrolments as rules
from students.services import enrolments, locks, plans


@transaction.atomic
def drop_out(*, enrolment_id: int, last_day: dt.date, reason: str, by: Actor, read: str | None) -> Enrolment:
    """Take a student out of the cohort. Plan, proposals, placement and agreement end with it, and access at once.

    The reason stays with the school: it is not in the history of states, and nobody is mailed it.
    """
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_drop_out(by, enrolment.cohort, enrolment))
    versions.ensure(read, enrolment)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason."), code="reason_required")
    if not min(enrolment.starts_on, today()) <= last_day <= today():
        raise ValidationError(
            _("Give the last day once it has come: not before the first day, and not later than today."),
            code="last_day",
        )
    act = states.advance(
        enrolment,
        "drop_out",
        by=by.person_id,
        subject=enrolment.student.public_id,
        ended_on=last_day,
        leaving_reason=reason,
    )
    end_with(enrolment=enrolment, act=act, by=by)
    mail.student_enrolment_ended(enrolment, act)
    return enrolment


@transaction.atomic
def complete(*, enrolment_id: int, by: Actor, read: str | None) -> Enrolment:
    """The student has finished the programme."""
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_complete(by, enrolment.cohort, enrolment))
    versions.ensure(read, enrolment)
    act = states.advance(
        enrolment, "complete", by=by.person_id, subject=enrolment.student.public_id, ended_on=today()
    )
    end_with(enrolment=enrolment, act=act, by=by)
    mail.student_enrolment_ended(enrolment, act)
    return enrolment


@transaction.atomic
def transfer(*, enrolment_id: int, cohort_id: int, by: Actor, read: str | None) -> Enrolment:
    """Move a student to another cohort of the same programme; plan, place and agreement stay as they are."""
    enrolment = locks.enrolment(enrolment_id, by)
    cohort = locks.cohort(cohort_id, by)
    ensure(rules.can_transfer(by, enrolment.cohort, enrolment))
    if cohort.pk == enrolment.cohort_id:
        return enrolment
    versions.ensure(read, enrolment)
    if cohort.programme_id != enrolment.cohort.programme_id:
        raise ValidationError(_("Choose a cohort of the same programme."))
    if not free_seats(cohort):
        raise ValidationError(_("The cohort is full. A seat must come free first."), code="full")
    if Enrolment.objects.open().filter(student=enrolment.student, cohort=cohort).exists():
        raise ValidationError(IS_IN_COHORT)
    former, enrolment.cohort = enrolment.cohort, cohort
    with explained(enrolment):
        changes.save(
            enrolment, by=by.person_id, subject=enrolment.student.public_id, update_fields=["cohort"]
        )
    mail.student_cohort_changed(enrolment, teachers_of(cohort.pk))
    for person in teachers_of(cohort.pk):
        if person.pk != by.person_id:
            mail.teacher_student_transferred(enrolment, person, former=former)
    return enrolment


@transaction.atomic
def end_with(*, enrolment: Enrolment, act: StateChange, by: Actor) -> None:
    """End what hangs on an enrolment that `act` ended: its plan, and in the apps above proposals, placement, agreement."""
    for plan in LearningPlan.objects.open().filter(enrolment=enrolment):
        plans.close(plan_id=plan.pk, by=by, cause=act, read=NO_PAGE)
    enrolments.withdraw_invitation(student=enrolment.student)
    signals.enrolment_ended.send(sender=Enrolment, enrolment=enrolment, by=by, act=act)
