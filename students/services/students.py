"""The person behind the enrolments, and the account that person signs in with."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from core import states
from students import signals
from students.enums import EnrolmentState
from students.models import Enrolment, Student


@transaction.atomic
def link_account(*, invitation_id: int, user_id: int) -> None:
    """Tie the invited student to the account that accepted.

    When that account is a student already (of another school), the enrolments move to that student: one person, one
    student. The schools see nothing of it.
    """
    invited = (
        Student.objects.select_for_update(of=("self",), no_key=True)
        .filter(invitation=invitation_id, user=None)
        .first()
    )
    if invited is None:
        return
    known = Student.objects.select_for_update(of=("self",), no_key=True).filter(user=user_id).first()
    if known is None:
        invited.user_id = user_id
        invited.save(update_fields=["user"])
        return
    _merge(kept=known, dropped=invited, by=user_id)


def _merge(*, kept: Student, dropped: Student, by: int) -> None:
    there = set(Enrolment.objects.filter(student=kept).values_list("cohort_id", flat=True))
    for enrolment in Enrolment.objects.filter(student=dropped).order_by("pk"):
        if enrolment.cohort_id in there:
            if enrolment.state in {EnrolmentState.ENROLLED, EnrolmentState.WAITING}:
                states.advance(enrolment, "drop_out", by=by, reason="dubbel")
            continue
        enrolment.student = kept
        enrolment.save(update_fields=["student"])
    signals.students_merged.send(sender=Student, kept=kept, dropped=dropped)
    if not Enrolment.objects.filter(student=dropped).exists():
        try:
            with transaction.atomic():
                dropped.delete()
        except ProtectedError:  # something above still names it; it has no account and shows nowhere
            pass
