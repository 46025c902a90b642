"""Placements: the seat is taken here and nowhere else."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.periods import is_over
from core.states import advance, last_act
from partnerships.actors import Actor
from placements.enums import OPEN_MATCH, Cause, MatchState, PlacementState
from placements.mail import placements as mail
from placements.mail.matches import parties_match_withdrawn, parties_matches_ended
from placements.models import Match, Placement, Slot
from placements.queries.placed import has_ordinary_place
from placements.queries.seats import is_full_for, opening, period_of
from placements.rules.matches import can_answer_as_student
from placements.rules.slots import takes_students
from placements.services import locks, supervisors
from placements.services.closing import close_full
from placements.signals import placement_completed, placement_confirmed


class SlotFull(ValidationError):
    """Refused because the last seat went to someone else meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("All training places here have been given away."), code="full")


@transaction.atomic
def place(*, match_id: int, by: Actor) -> Placement:
    """The student's yes: give the lowest free seat and tell everyone. Gives the placement, which opens the plan.

    The agreement follows by the signal `placement_confirmed`. Enrolment, student, slot and matches are locked in that
    order (`locks`). The lock on the slot makes the seat certain; the exclusion constraints stand behind it.
    """
    known = Match.objects.values("slot_id", "enrolment_id", "enrolment__student_id").get(pk=match_id)
    locks.enrolment(known["enrolment_id"])
    student = locks.student(known["enrolment__student_id"])
    slot = locks.slot(known["slot_id"])
    concerned = Q(enrolment__student=student) | Q(slot=slot)
    waiting = Match.objects.open().filter(concerned).values_list("pk", flat=True)
    matches = {match.pk: match for match in locks.matches({match_id, *waiting})}
    match = matches.pop(match_id)
    if match.state == MatchState.EXPIRED and is_full_for(match):
        raise SlotFull  # someone else's yes closed it while this one was on its way
    ensure(can_answer_as_student(by, match))
    act = advance(match, "student_yes", by=by.person_id)
    placement = _take_seat(slot, match)
    own = [other for other in matches.values() if other.enrolment.student_id == student.pk]
    with parties_matches_ended(match.enrolment):
        for other in own:
            if _overlaps(other, placement):
                _withdraw_other(other, by=by)
        close_full(matches=[other for other in matches.values() if other not in own], cause=act)
    placement_confirmed.send(Placement, placement=placement, by=by)
    mail.parties_placement_confirmed(placement)
    return placement


def _take_seat(slot: Slot, match: Match) -> Placement:
    ensure(takes_students(slot))
    found = opening(slot, match.enrolment)
    if found.is_over:
        raise ValidationError(_("The period of this training place is over."))
    student_id = match.enrolment.student_id
    if has_ordinary_place(student_id, found.starts_on, found.ends_on):
        raise ValidationError(_("You already have a training place in this period."), code="placed")
    if found.seat_no is None:
        raise SlotFull
    placement = Placement(
        match=match,
        slot=slot,
        organisation_id=slot.organisation_id,
        seat_no=found.seat_no,
        enrolment=match.enrolment,
        student_id=student_id,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
    )
    with explained(placement):  # the lock keeps this from happening; the constraint is for writers without it
        placement.save()
    if named := slot.names:
        supervisors.begin(placement=placement, membership=named, starts_on=placement.starts_on, by=None)
    return placement


def _overlaps(match: Match, placement: Placement) -> bool:
    starts_on, ends_on = period_of(match.slot, match.enrolment)
    return match.state in OPEN_MATCH and starts_on <= placement.ends_on and ends_on >= placement.starts_on


def _withdraw_other(match: Match, *, by: Actor) -> None:
    cause = Cause.PLACED_ELSEWHERE
    act = advance(match, "withdraw", by=by.person_id, reason=str(cause.label), close_cause=cause)
    parties_match_withdrawn(match, cause=cause, tell={"employer", "student", "proposer"}, about=act)


@transaction.atomic
def start(*, placement_id: int) -> bool:
    """Begin a placement whose first day has come; says whether it was due."""
    placement = locks.placement(placement_id)
    due = placement.state == PlacementState.CONFIRMED and placement.starts_on <= today()
    if due:
        advance(placement, "start", by=None)
    return due


@transaction.atomic
def complete(*, placement_id: int) -> bool:
    """Complete a placement whose last day has passed; says whether it was due."""
    placement = locks.placement(placement_id)
    due = placement.state in {PlacementState.RUNNING, PlacementState.ENDING} and is_over(placement)
    if due and placement.state == PlacementState.ENDING:
        advance(placement, "leave", by=None, cause=last_act(placement), ended_at=timezone.now())
    elif due:
        advance(placement, "complete", by=None)
        placement_completed.send(Placement, placement=placement)
    return due
