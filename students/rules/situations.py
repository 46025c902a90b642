"""Work situations: written by the student, put in sessions and treated by the teachers; pure, on loaded rows.

The row comes from `visible_to`, so that the actor may read it, with its enrolment and student.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.actors import Actor
from students.enums import EnrolmentState, Party, SituationState
from students.models import Enrolment, WorkSituation
from students.rules.parties import party_of

_STUDENT_ONLY = deny(_("Only the student can do this."))
_TEACHER_ONLY = deny(_("Only the student's teachers can do this."))


def can_bring_in(actor: Actor, enrolment: Enrolment) -> Verdict:
    """A student writes down what happened to oneself, for the teachers of the group one is in."""
    if enrolment.parties.student != actor.person_id:
        return _STUDENT_ONLY
    if enrolment.state != EnrolmentState.ENROLLED:
        return not_now(_("You bring in a work situation while you are enrolled."))
    return ALLOW


def can_withdraw(actor: Actor, situation: WorkSituation) -> Verdict:
    """The student takes it back at any time, treated or not."""
    mine = situation.enrolment.parties.student == actor.person_id
    return states.permits(situation, "withdraw") if mine else _STUDENT_ONLY


def can_share(actor: Actor, situation: WorkSituation) -> Verdict:
    """The student decides who may read it, as long as there is something to read."""
    return can_withdraw(actor, situation)


def can_edit(actor: Actor, situation: WorkSituation) -> Verdict:
    """The student changes the text until something came out of it: the answer is about that text."""
    if situation.state == SituationState.TREATED:
        return can_withdraw(actor, situation) and not_now(
            _("This work situation has been treated, so its text stands. You can still withdraw it.")
        )
    return can_withdraw(actor, situation)


def can_treat(actor: Actor, situation: WorkSituation) -> Verdict:
    """Its teachers put it in sessions and write down what came out of it, as often as it takes."""
    if party_of(actor, situation.enrolment) != Party.SCHOOL:
        return _TEACHER_ONLY
    if not situation.for_teachers:
        return not_now(_("The student does not show this work situation to teachers any more."))
    return states.permits(situation, "treat")


def can_blank(actor: Actor, situation: WorkSituation) -> Verdict:
    """Its teachers remove what tells of a client, with the reason."""
    return can_treat(actor, situation)
