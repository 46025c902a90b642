"""Students who come back: put back within a fortnight with all that went along, or enrolled again later."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.constraints import explained
from core.versions import NO_PAGE
from partnerships.actors import Actor
from students import signals
from students.enums import EnrolmentState
from students.models import Enrolment, LearningPlan
from students.models.enrolments import IS_IN_COHORT
from students.queries.cohorts import free_seats
from students.rules import enrolments as rules
from students.services import enrolments, locks, plans

SEAT_IS_GONE = _(
    "The seat in the cohort went to someone else meanwhile. Enrol the student again: that gives a place on the "
    "waiting list, and the learning plan continues."
)


@transaction.atomic
def reinstate(*, enrolment_id: int, by: Actor, read: str | None) -> list[str | Promise]:
    """Take a drop-out or completion back, with everything that came along; gives what could not come back.

    Whoever was mailed about it hears of this.
    """
    enrolment = locks.enrolment(enrolment_id, by)
    cohort = locks.cohort(enrolment.cohort_id, by)
    act = states.last_act(enrolment)
    ensure(rules.can_reinstate(by, cohort, enrolment, act))
    versions.ensure(read, enrolment)
    assert act is not None  # noqa: S101  the rule refuses None
    if Enrolment.objects.open().filter(student=enrolment.student_id, cohort=cohort).exists():
        raise ValidationError(IS_IN_COHORT)
    if act.from_state == EnrolmentState.ENROLLED and not free_seats(cohort):
        raise ValidationError(SEAT_IS_GONE, code="full")
    back = states.take_back(enrolment, act, by=by.person_id, ended_on=None, leaving_reason="")
    for change in states.caused(act, LearningPlan):
        plans.reopen(plan_id=int(change.object_id), by=by, cause=back.change, read=NO_PAGE)
    answers = signals.enrolment_reinstated.send(
        sender=Enrolment, enrolment=enrolment, by=by, act=act, undo=back.change
    )
    letters.taken_back(back.mailed, by=str(back.change.by))
    if enrolment.state == EnrolmentState.ENROLLED and not enrolment.student.has_account:
        enrolments.tell(enrolment=enrolment, school=cohort.programme.school, by=by)
    return [sentence for _receiver, lost in answers for sentence in lost or ()]


@transaction.atomic
def re_enrol(
    *,
    enrolment_id: int,
    cohort_id: int,
    starts_on: dt.date,
    ends_on: dt.date,
    by: Actor,
    read: str | None,
) -> Enrolment:
    """Enrol someone who left once more, in the same or another cohort of the school; the learning plan goes on.

    When the cohort is full, on its waiting list: then the plan goes on at admission.
    """
    former = locks.enrolment(enrolment_id, by)
    cohort = locks.cohort(cohort_id, by)
    ensure(rules.can_re_enrol(by, former.cohort, former))
    versions.ensure(read, former)
    if cohort.programme.school_id != former.cohort.programme.school_id:
        raise ValidationError(_("Choose a cohort of your own school."))
    if Enrolment.objects.open().filter(student=former.student, cohort=cohort).exists():
        raise ValidationError(IS_IN_COHORT)
    enrolment = Enrolment(
        student=former.student,
        cohort=cohort,
        state=EnrolmentState.ENROLLED if free_seats(cohort) else EnrolmentState.WAITING,
        starts_on=starts_on,
        ends_on=ends_on,
        wishes=former.wishes,
        continues_id=former.pk,  # by its key: the object would make `former` look continued already
    )
    with explained(enrolment):
        enrolment.save()
    if enrolment.state == EnrolmentState.ENROLLED:
        plans.go_on(enrolment=enrolment, by=by)
        enrolments.tell(enrolment=enrolment, school=cohort.programme.school, by=by)
    return enrolment
