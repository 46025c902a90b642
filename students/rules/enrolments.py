"""Who may do what with the students of a cohort; on a cohort of `Cohort.objects.for_page`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from core.dates import today
from partnerships.actors import Actor
from programmes.models import Cohort
from students.enums import EnrolmentState, SituationState
from students.models import Enrolment, WorkSituation


def can_see_students(actor: Actor, cohort: Cohort) -> Verdict:
    return ALLOW if cohort.is_taught else deny(_("Only the teachers of a cohort see its students."))


def can_enrol(actor: Actor, cohort: Cohort) -> Verdict:
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    return ALLOW if cohort.ends_on > today() else deny(_("This cohort has ended."))


def can_edit_enrolment(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    if enrolment.state in {EnrolmentState.WAITING, EnrolmentState.ENROLLED}:
        return ALLOW
    return deny(_("This enrolment has ended."))


def can_invite(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    if enrolment.state != EnrolmentState.ENROLLED:
        return deny(_("Only students who are enrolled are invited."))
    if enrolment.student.user_id is not None:
        return deny(_("This student has an account already."))
    return ALLOW


def can_admit(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    if enrolment.state == EnrolmentState.WAITING:
        return ALLOW
    return deny(_("This student is not on the waiting list."))


def can_drop_out(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    return can_edit_enrolment(actor, cohort, enrolment)


def can_complete(actor: Actor, cohort: Cohort, enrolment: Enrolment) -> Verdict:
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    if enrolment.state == EnrolmentState.ENROLLED:
        return ALLOW
    return deny(_("Only a student who is enrolled can complete the programme."))


def can_treat(actor: Actor, cohort: Cohort, situation: WorkSituation) -> Verdict:
    """Put in a session or treat; that the actor may read it at all is for `visible_to`."""
    if not cohort.is_taught:
        return can_see_students(actor, cohort)
    if situation.state == SituationState.TREATED:
        return deny(_("This work situation has been treated."))
    return ALLOW
