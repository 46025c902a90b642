"""What follows for someone who leaves a cohort, in sentences for the page that asks once more."""

from __future__ import annotations

from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import changes
from partnerships.actors import Actor
from students import signals
from students.enums import EnrolmentState
from students.models import Enrolment, LearnerAccess


def moved_by(actor: Actor, enrolment: UUID, cohort: UUID) -> bool:
    """Whether this person moved the student out of that cohort, as the last thing that changed in the enrolment."""
    row = Enrolment.objects.exclude(cohort__public_id=cohort).filter(public_id=enrolment).first()
    last = changes.history(row).filter(field="cohort").last() if row else None
    return last is not None and last.by_id == actor.person_id


def consequences(enrolment: Enrolment) -> list[str | Promise]:
    """Everything that ends when this student is taken out: here, and in the apps above."""
    found: list[str | Promise] = []
    if enrolment.state == EnrolmentState.ENROLLED:
        found.append(_("The seat in the cohort comes free."))
    if enrolment.plans.open().exists():
        found.append(_("The learning plan is closed. The student and the teachers can still read it."))
    held = LearnerAccess.objects.open().filter(enrolment=enrolment)
    names = sorted({row.organisation.name for row in held.select_related("organisation")})
    found += [
        format_lazy(_("{organisation} can no longer see the learning plan."), organisation=name)
        for name in names
    ]
    for _receiver, sentences in signals.leaving_considered.send(sender=Enrolment, enrolment=enrolment):
        found += sentences or ()
    return found
