"""What follows at the workplaces when something happens to an enrolment or its student."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import states
from core.models import StateChange
from core.versions import NO_PAGE
from partnerships.actors import Actor
from placements.mail import matches as mail
from placements.models import Match, Placement
from placements.services import break_offs, matches
from students.enums import EnrolmentState
from students.models import Enrolment

Text = str | Promise


@transaction.atomic
def end(*, enrolment: Enrolment, by: Actor, act: StateChange) -> None:
    """Close the proposals of an enrolment that ended; who dropped out leaves the workplace too.

    The employer hears that the student left, not why: that is between student and school. A placement of someone who
    finished runs to its own last day.
    """
    waiting = Match.objects.open().filter(enrolment=enrolment).order_by("pk")
    with mail.parties_matches_ended(enrolment):
        for pk in waiting.values_list("pk", flat=True):
            matches.expire(match_id=pk, cause=act)
    if enrolment.state == EnrolmentState.DROPPED_OUT:
        live = Placement.objects.live().filter(enrolment=enrolment).order_by("pk")
        reason = _("The student has left the programme.")
        for pk in live.values_list("pk", flat=True):
            break_offs.break_off(
                placement_id=pk, reason=reason, by=by, last_day=enrolment.ended_on, cause=act, read=NO_PAGE
            )


@transaction.atomic
def ensure_within(*, enrolment: Enrolment, former: tuple[date, date | None]) -> None:
    """Refuse other days of an enrolment that leave out days of a placement: its own service moves that first.

    `former` are the first and last day that the enrolment had; what was outside them already is left alone.
    """
    first, last = former
    outside = Q(starts_on__lt=enrolment.starts_on, starts_on__gte=first)
    if enrolment.ends_on is not None:
        was_inside = Q() if last is None else Q(ends_on__lte=last)
        outside |= Q(ends_on__gt=enrolment.ends_on) & was_inside
    if Placement.objects.live().filter(outside, enrolment=enrolment).exists():
        raise ValidationError(
            _("The student has a placement on days outside this period. Change or end that one first.")
        )


@transaction.atomic
def reinstate(*, by: Actor, act: StateChange, undo: StateChange) -> list[Text]:
    """The student did not leave after all: what ended with it comes back; gives what could not, and why.

    Placements before proposals, as a proposal cannot be open beside a place in the same period.
    """
    lost: list[Text] = []
    for change in states.caused(act, Placement).order_by("pk"):
        placement = Placement.objects.select_related("slot__organisation").get(pk=change.object_id)
        words = gettext_lazy("The placement at {employer} did not come back: {why}")
        _try(lost, words, placement.slot.organisation.name, break_offs.restore, change, by, undo)
    for change in states.caused(act, Match).order_by("pk"):
        match = Match.objects.select_related("slot__organisation").get(pk=change.object_id)
        words = gettext_lazy("The proposal to {employer} did not come back: {why}")
        _try(lost, words, match.slot.organisation.name, matches.take_back_expire, change, by, undo)
    return lost


def _try(
    lost: list[Text],
    words: Text,
    employer: str,
    verb: Callable[..., object],
    change: StateChange,
    by: Actor,
    undo: StateChange,
) -> None:
    try:
        verb(act=change, by=by, cause=undo)
    except ValidationError as refusal:
        lost.append(format_lazy(str(words), employer=employer, why=" ".join(refusal.messages)))
