"""The person behind the enrolments: two students who turn out to be one, and one who is called otherwise."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core import merging, states
from core.dates import today
from core.models import FieldChange
from partnerships.actors import actor_of_person
from partnerships.models import InitiativeParticipant
from programmes.queries.teachers import teachers_of
from students.mail import enrolments as mail
from students.models import Enrolment, LearnerAccess, Student
from students.services import leavings


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None) -> list[str]:
    """Two people turned out to be one: the enrolments go to the student of the one that is kept. `by` is a person's id.

    When only the dropped one is a student, nothing is to be done here: the key moves with all others. Gives what stood
    twice, in sentences.
    """
    rows = Student.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    students = {row.person_id: row for row in rows.filter(person__in=[kept, dropped])}
    if len(students) < 2:
        return []
    doubles = _merge(kept=students[kept.pk], dropped=students[dropped.pk], by=by)
    words = ngettext(
        "Enrolled twice in %(number)d cohort. One enrolment is kept.",
        "Enrolled twice in %(number)d cohorts. One enrolment is kept in each.",
        doubles,
    )
    return [words % {"number": doubles}] if doubles else []


@transaction.atomic
def tell_teachers(*, person: Person, made: Collection[FieldChange], by: int | None) -> None:
    """A student has another name or address: each teacher of a cohort with the student hears it once.

    But for whoever changed it; `by` is that person's id.
    """
    told: set[int | None] = {by}
    enrolments = Enrolment.objects.open().filter(student__person=person).order_by("pk")
    for enrolment in enrolments.select_related("student__person__user", "cohort__programme__school"):
        for teacher in teachers_of(enrolment.cohort_id):
            if teacher.pk not in told:
                told.add(teacher.pk)
                mail.teacher_student_changed(enrolment, teacher, made)


@transaction.atomic
def tell_of_initiative(*, participant: InitiativeParticipant) -> None:
    """A student takes part in an initiative: each teacher of a cohort with the student hears it once."""
    told: set[int] = set()
    enrolments = Enrolment.objects.open().filter(student__person=participant.person_id).order_by("pk")
    for enrolment in enrolments.select_related("student__person__user", "cohort__programme__school"):
        for teacher in teachers_of(enrolment.cohort_id):
            if teacher.pk not in told:
                told.add(teacher.pk)
                mail.teacher_student_takes_part(enrolment, teacher, participant.initiative)


def _merge(*, kept: Student, dropped: Student, by: int | None) -> int:
    """Gives how many enrolments stood twice."""
    try:
        with transaction.atomic():
            doubles = _move_enrolments(kept, dropped, by)
            merging.move(kept, dropped)
    except IntegrityError as error:  # such as two placements in the same days
        raise ValidationError(
            _("Two placements are in the same days, so this cannot be joined. Ask the school.")
        ) from error
    kept.former_ids = [*kept.former_ids, *dropped.all_ids]
    kept.save(update_fields=["former_ids"])
    if not Enrolment.objects.filter(student=dropped).exists():
        try:
            with transaction.atomic():
                dropped.delete()
        except ProtectedError:  # history still names it; it has no account and shows nowhere
            pass
    return doubles


def _move_enrolments(kept: Student, dropped: Student, by: int | None) -> int:
    """What is placed in an enrolment goes along by itself: the database keeps the two together."""
    doubles = 0
    there = {row.cohort_id: row for row in Enrolment.objects.open().filter(student=kept)}
    for enrolment in Enrolment.objects.filter(student=dropped).order_by("pk"):
        twin = there.get(enrolment.cohort_id) if enrolment.is_open else None
        doubles += twin is not None
        if twin is not None and not _make_room(enrolment, twin, by):
            continue
        enrolment.student = kept
        enrolment.save(update_fields=["student"])
    return doubles


def _make_room(double: Enrolment, twin: Enrolment, by: int | None) -> bool:
    """Two open enrolments of one person in one cohort become one; says whether `double` is there still, to be kept.

    Nobody has left, so the one under which nothing was written goes. Where both hold something, one ends as if the
    student had left it, with what hangs on it, and says why; what was written in it stays to be read. The one that goes
    on is that of a placement, when there is one.
    """
    for empty in (double, twin):
        if not _holds_anything(empty):
            empty.delete()
            return empty is twin
    reason = str(_("Enrolled twice: continues in the other enrolment."))
    placed = [row for row in (twin, double) if LearnerAccess.objects.open().filter(enrolment=row).exists()]
    ends = twin if placed == [double] else double
    act = states.advance(ends, "drop_out", by=by, ended_on=today(), leaving_reason=reason)
    leavings.end_with(enrolment=ends, act=act, by=actor_of_person(by or twin.student.person_id))
    return True


def _holds_anything(enrolment: Enrolment) -> bool:
    """Whether a row of any app hangs on the enrolment."""
    links = [link for link in Enrolment._meta.related_objects if isinstance(link, ForeignObjectRel)]
    return any(
        link.related_model._base_manager.filter(**{link.remote_field.name: enrolment.pk}).exists()
        for link in links
    )
