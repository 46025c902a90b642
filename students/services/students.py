"""The person behind the enrolments: two students who turn out to be one."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import Person
from core import states
from students import signals
from students.enums import EnrolmentState
from students.models import Enrolment, Student


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None) -> None:
    """Two people turned out to be one: the enrolments go to the student of the one that is kept. `by` is a person's id.

    When only the dropped one is a student, nothing is to be done here: the key moves with all others.
    """
    rows = Student.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    students = {row.person_id: row for row in rows.filter(person__in=[kept, dropped])}
    if len(students) < 2:
        return
    _merge(kept=students[kept.pk], dropped=students[dropped.pk], by=by)


def _merge(*, kept: Student, dropped: Student, by: int | None) -> None:
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
