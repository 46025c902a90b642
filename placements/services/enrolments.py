"""What follows at the workplaces when something happens to an enrolment or its student."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.actors import Actor
from placements.models import Match, Placement
from placements.services import matches, placements
from students.enums import EnrolmentState
from students.models import Enrolment, Student


@transaction.atomic
def end(*, enrolment: Enrolment, by: Actor) -> None:
    """Close the proposals of an enrolment that ended; who dropped out leaves the workplace too.

    The employer hears that the student left, not why: that is between student and school. A placement of someone who
    finished runs to its own last day.
    """
    for pk in Match.objects.open().filter(enrolment=enrolment).order_by("pk").values_list("pk", flat=True):
        matches.expire(match_id=pk)
    if enrolment.state == EnrolmentState.DROPPED_OUT:
        live = Placement.objects.live().filter(enrolment=enrolment).order_by("pk")
        for pk in live.values_list("pk", flat=True):
            placements.break_off(placement_id=pk, reason=_("The student has left the programme."), by=by)


@transaction.atomic
def merge(*, kept: Student, dropped: Student) -> None:
    """Two students turned out to be one person: the placements follow."""
    Placement.objects.filter(student=dropped).update(student=kept)
