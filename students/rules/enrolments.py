"""Who may do what with the students of a cohort; on a cohort of `Cohort.objects.for_page`, which knows who teaches it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from core.models import StateChange
from partnerships.actors import Actor
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.models import Enrolment, Student

OF_PERSON = frozenset({"first_name", "name_prefix", "last_name", "email"})
OF_STUDENT = frozenset({"born_on", "town", "pc4"})


def can_see_students(actor: Actor, cohort: Cohort) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """The students of a cohort are for its teachers."""
    return ALLOW if cohort.is_taught else deny(_("Only the teachers of a cohort see its students."))


def can_work_through(actor: Actor, school_id: int) -> Verdict:
    """Do something to several of one's own students at once: for the teachers of the school."""
    if actor.has_role(school_id, Role.TEACHER):
        return ALLOW
    return deny(_("This is for the teachers of the school."))


def can_enrol(actor: Actor, cohort: Cohort) -> Verdict:
    """Its teachers put students in a cohort, until its last day."""
    running = ALLOW if cohort.ends_on > today() else not_now(_("This cohort has ended."))
    return can_see_students(actor, cohort) and running


def can_edit_enrolment(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers correct what was filled in about a student, until the student left or finished."""
    return can_drop_out(actor, cohort, enrolment)


def can_correct(
    fields: Collection[str], student: Student, *, is_at_another_school: bool, is_known_elsewhere: bool
) -> Verdict:
    """Write these fields of a student: name and address until there is an account, as long as nobody else knows the person.

    The rest is for the school as long as no other has the student too.
    """
    if not OF_STUDENT.isdisjoint(fields) and is_at_another_school:
        return _is_the_students(student)
    if not OF_PERSON.isdisjoint(fields) and (student.has_account or is_known_elsewhere):
        return _is_the_students(student)
    return ALLOW


def _is_the_students(student: Student) -> Verdict:
    if student.has_account:
        return not_now(_("This student has an account, and keeps name and address up to date there."))
    return not_now(_("Others work with this student too. An administrator can correct the address."))


def may_come_back(enrolment: Enrolment) -> Verdict:
    """Whether nobody let this student come back yet; on a row with `continued_by` loaded along."""
    return not_now(_("This student has been enrolled again already.")) if enrolment.is_continued else ALLOW


def is_movable(enrolment: Enrolment) -> Verdict:
    """Whether the enrolment can go on in another cohort."""
    return ALLOW if enrolment.is_open else not_now(_("This enrolment has ended."))


def is_invitable(enrolment: Enrolment) -> Verdict:
    """Whether a link to make an account helps this student: enrolled, and without an account."""
    if enrolment.state != EnrolmentState.ENROLLED:
        return not_now(_("Only students who are enrolled are invited."))
    if enrolment.student.has_account:
        return not_now(_("This student has an account already."))
    return ALLOW


def can_tell_wishes(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Say what kind of place one would like: the student, as long as the enrolment runs."""
    if enrolment.student.person_id != actor.person_id:
        return deny(_("These pages are for students."))
    return is_movable(enrolment)


def can_invite(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers send a student a link to make an account."""
    return can_see_students(actor, cohort) and is_invitable(enrolment)


def can_admit(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers give someone of the waiting list a seat."""
    return can_see_students(actor, cohort) and states.permits(enrolment, "admit")


def can_drop_out(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers take a student out of the cohort."""
    return can_see_students(actor, cohort) and states.permits(enrolment, "drop_out")


def can_complete(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers say that a student has finished."""
    return can_see_students(actor, cohort) and states.permits(enrolment, "complete")


def can_reinstate(actor: Actor, cohort: Cohort, enrolment: Enrolment, act: StateChange | None) -> Verdict:
    """Its teachers take back that a student left or finished, within a fortnight; `act` is the last thing that happened."""
    return (
        can_see_students(actor, cohort) and may_come_back(enrolment) and states.permits_undo(enrolment, act)
    )


def can_re_enrol(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers enrol a student who left once more."""
    left = enrolment.state == EnrolmentState.DROPPED_OUT
    return (
        can_see_students(actor, cohort)
        and may_come_back(enrolment)
        and (ALLOW if left else not_now(_("Only a student who left is enrolled again.")))
    )


def can_transfer(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    """Its teachers move a student to another cohort of the programme."""
    return can_see_students(actor, cohort) and is_movable(enrolment)
