"""What ends when a student leaves a cohort or a workplace, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from placements.models import Match, Placement
from placements.signals import break_off_considered
from students.models import Enrolment


def consequences(enrolment: Enrolment) -> list[str | Promise]:
    """The placements that are broken off, and the proposals that are withdrawn."""
    live = Placement.objects.live().filter(enrolment=enrolment).select_related("slot__organisation")
    waiting = Match.objects.open().filter(enrolment=enrolment).select_related("slot__organisation")
    return [
        *(
            format_lazy(
                _("The placement at {employer} ends and its seat comes free. The employer is told, not why."),
                employer=row.slot.organisation.name,
            )
            for row in live.order_by("starts_on", "pk")
        ),
        *(
            format_lazy(_("The proposal to {employer} is withdrawn."), employer=row.slot.organisation.name)
            for row in waiting.order_by("asked_at", "pk")
        ),
    ]


def of_break_off(placement: Placement) -> list[str | Promise]:
    """Everything that follows when a placement ends early: here, and in the apps above."""
    found: list[str | Promise] = [
        _("The seat is free from the day after."),
        format_lazy(
            _("{employer} sees the learning plan until that day, and no longer when the day has come."),
            employer=placement.slot.organisation.name,
        ),
    ]
    if placement.supervisor:
        found.append(format_lazy(_("{name} no longer guides the student."), name=placement.supervisor.name))
    for _receiver, sentences in break_off_considered.send(sender=Placement, placement=placement):
        found += sentences or ()
    return [*found, _("The student, the employer and the teachers get an email."), NEW_PLACE]


NEW_PLACE = _("The school is asked to find another training place.")
